"""Whom to cover: everybody, nobody, or the subgroups in which a treatment is worth its price."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ite.errors import ValuationError
from ite.trial.columns import BoolArray, FloatArray
from ite.value.fields import require_whole


@dataclass(frozen=True, kw_only=True, eq=False)
class Coverage:
    """One decision for all against a decision by subgroup, per person in money.

    Attributes
    ----------
    overall : float
        Average incremental net benefit over everybody.
    covered : array of bool, shape (groups,)
        Subgroups with a net benefit above 0.
    covered_share : float
        Of the patients.
    together : float
        Value of one decision for all: max(sum, 0).
    by_subgroup : float
        Value of a decision by subgroup: sum of share x max(net benefit, 0).
    """

    overall: float
    covered: BoolArray
    covered_share: float
    together: float
    by_subgroup: float

    @property
    def gain(self) -> float:
        """What deciding by subgroup adds; at least 0."""
        return self.by_subgroup - self.together

    @property
    def bad_buy_turned_good(self) -> bool:
        """Whether it would be rejected for all, but is worth its price in some."""
        return self.overall <= 0 and bool(self.covered.any())

    @property
    def good_buy_too_wide(self) -> bool:
        """Whether it would be accepted for all, although it is not worth its price in some."""
        return self.overall > 0 and not bool(self.covered.all())


def coverage(share: npt.ArrayLike, net_benefit: npt.ArrayLike) -> Coverage:
    """Return whom to cover, from shares of subgroups and their incremental net benefit, shape (groups,).

    Source: Coyle, Buxton & O'Brien 2003, Health Economics 12:421-427 (stratified cost-effectiveness analysis).
    """
    weight, benefit = (np.asarray(values, dtype=float) for values in (share, net_benefit))
    require_whole(tuple(weight), "the subgroups")
    covered = benefit > 0
    overall = float(weight @ benefit)
    return Coverage(
        overall=overall,
        covered=covered,
        covered_share=float(weight[covered].sum()),
        together=max(overall, 0.0),
        by_subgroup=float(weight @ np.maximum(benefit, 0.0)),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class IndividualisedCare:
    """The best strategy for all against the best one for each subgroup.

    Attributes
    ----------
    one_for_all, by_subgroup : float
        Mean value per person, in the unit of the values.
    best : int
        Position of the best strategy for all.
    best_by_subgroup : array of int, shape (groups,)
    """

    one_for_all: float
    by_subgroup: float
    best: int
    best_by_subgroup: npt.NDArray[np.intp]

    @property
    def gain(self) -> float:
        """Expected value of individualised care, in the unit of the values; at least 0."""
        return self.by_subgroup - self.one_for_all


def individualised_care(share: npt.ArrayLike, value: npt.ArrayLike) -> IndividualisedCare:
    """Return the expected value of individualised care (EVIC).

    Parameters
    ----------
    share : array, shape (groups,)
        Adding up to 1.
    value : array, shape (strategies, groups)
        Mean QALYs where strategies cost the same, else net benefit.

    Source: Basu & Meltzer 2007, Medical Decision Making 27:112-127.
    """
    weight, values = np.asarray(share, dtype=float), np.asarray(value, dtype=float)
    if values.ndim != 2 or values.shape[1] != len(weight):
        raise ValuationError(
            f"Each strategy needs a value in each of the {len(weight)} subgroups. Give one row per strategy."
        )
    require_whole(tuple(weight), "the subgroups")
    means: FloatArray = values @ weight
    best_by_subgroup = values.argmax(axis=0)
    return IndividualisedCare(
        one_for_all=float(means.max()),
        by_subgroup=float(weight @ values.max(axis=0)),
        best=int(means.argmax()),
        best_by_subgroup=best_by_subgroup,
    )
