"""Questions about one covariate that an explainable rule may ask, and how they are said."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.trial.columns import BoolArray
from ite.trial.labels import spoken


@dataclass(frozen=True, kw_only=True)
class Condition:
    """Whether a covariate is at most a cut, or is a level; a missing value answers no.

    Attributes
    ----------
    covariate : str
    cut : float or None
        Of a number; a value of the data.
    level : str or None
        Of a category.
    missing : bool
        Whether some of the patients it was made from have no value.
    """

    covariate: str
    cut: float | None = None
    level: str | None = None
    missing: bool = False

    def holds(self, covariates: pd.DataFrame) -> BoolArray:
        """Return who answers yes, shape (patients,)."""
        values = covariates[self.covariate]
        if self.cut is not None:
            return np.asarray(values.to_numpy(dtype=float) <= self.cut)
        return np.asarray((values == self.level).to_numpy(dtype=bool, na_value=False))

    def words(self, *, yes: bool) -> str:
        """Return the answer in words, such as "age > 62 or missing"."""
        name = spoken(self.covariate)
        if self.cut is not None:
            answer = f"{name} {'<=' if yes else '>'} {self.cut:g}"
        else:
            answer = f"{name} is {'' if yes else 'not '}{self.level}"
        return answer if yes or not self.missing else f"{answer} or missing"


def conditions_of(covariates: pd.DataFrame, most: int) -> tuple[Condition, ...]:
    """Return the conditions on each covariate: at most this many cuts at even quantiles, or most frequent levels.

    A cut is a value that occurs, below the largest.

    Parameters
    ----------
    covariates : DataFrame, shape (patients, covariates)
        float64 with NaN, or categories.
    most
        Cuts or levels of one covariate.
    """
    return tuple(condition for name in covariates.columns for condition in _of_column(covariates[name], most))


def _of_column(values: pd.Series, most: int) -> Iterator[Condition]:
    name, missing = str(values.name), bool(values.isna().any())
    if isinstance(values.dtype, pd.CategoricalDtype):
        for level in values.value_counts().index[:most]:
            yield Condition(covariate=name, level=str(level), missing=missing)
        return
    known = np.sort(values.dropna().to_numpy(dtype=float))
    cuts = np.unique(known)[:-1]
    if len(cuts) > most:
        places = np.arange(1, most + 1) / (most + 1)
        cuts = np.unique(np.quantile(known, places, method="lower"))
        cuts = cuts[cuts < known[-1]]
    for cut in cuts:
        yield Condition(covariate=name, cut=float(cut), missing=missing)
