"""The fixed basis on which the global test looks for effect modification."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from ite.errors import EstimateError
from ite.estimation.features import Features
from ite.trial.data import FloatArray, IntArray

#: A column takes part in the test only where each arm has this many patients off its most frequent value.
MINIMUM_PER_ARM = 10


@dataclass(frozen=True, kw_only=True, eq=False)
class Basis:
    """Columns of the test.

    Attributes
    ----------
    columns : array, shape (patients, columns)
        Mid-ranks of each feature, scaled to mean 0 and SD 1: a trend for numbers, a contrast for categories.
    covariate : tuple of str, one per column
    untested : tuple of str
        Covariates none of whose columns has enough patients in each arm.
    """

    columns: FloatArray
    covariate: tuple[str, ...]
    untested: tuple[str, ...]


def modifier_basis(features: Features, arm: IntArray) -> Basis:
    """Rank-transform each feature; ranks make the test blind to units, skewness and outlying covariate values.

    The basis looks for effects that rise or fall along a covariate, or that differ between categories; an effect that
    is largest in the middle of a covariate's range escapes it.

    Raises
    ------
    EstimateError
        Where no column has enough patients in each arm.
    """
    enough = np.array([_enough_in_each_arm(column, arm) for column in features.matrix.T], dtype=bool)
    if not enough.any():
        names = ", ".join(dict.fromkeys(features.covariate)) or "the covariates"
        raise EstimateError(
            f"Testing whether the effect differs needs a covariate with at least {MINIMUM_PER_ARM} patients per arm "
            f"off its most frequent value; none of {names} has them."
        )
    ranked = rankdata(features.matrix[:, enough], axis=0)
    columns = (ranked - ranked.mean(axis=0)) / ranked.std(axis=0)
    covariate = tuple(name for name, keep in zip(features.covariate, enough, strict=True) if keep)
    untested = tuple(name for name in dict.fromkeys((*features.covariate, *features.unused)) if name not in covariate)
    return Basis(columns=columns, covariate=covariate, untested=untested)


def _enough_in_each_arm(column: FloatArray, arm: IntArray) -> bool:
    values, counts = np.unique(column, return_counts=True)
    off_mode = column != values[np.argmax(counts)]
    return int(np.bincount(arm[off_mode], minlength=int(arm.max()) + 1).min()) >= MINIMUM_PER_ARM
