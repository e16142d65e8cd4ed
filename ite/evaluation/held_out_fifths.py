"""Fifths of predicted benefit among patients that the ranking model had not seen, and what is true of each fifth."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from ite.estimation.average_effect import critical_value
from ite.estimation.result import EffectEstimate
from ite.evaluation.contrast import influence_covariance
from ite.evaluation.rank_weights import group_weights
from ite.evaluation.sequential import FIFTHS, ranked_rows
from ite.trial.data import FloatArray, IntArray

TOP_MINUS_BOTTOM = "top minus bottom"
#: Weights of the difference between the last and the first fifth.
_DIFFERENCE = np.array([-1.0, *[0.0] * (FIFTHS - 2), 1.0])


class Means(NamedTuple):
    """Mean of each fifth, lowest first, shape (5,), and what each patient adds to its error, shape (patients, 5)."""

    estimate: FloatArray
    influence: FloatArray


class Estimate(NamedTuple):
    """An estimate with its standard error."""

    estimate: float
    se: float


@dataclass(frozen=True, kw_only=True, eq=False)
class HeldOutFifths:
    """Who is in which fifth, cut within each fold along the prediction of a model fitted on the earlier folds.

    Attributes
    ----------
    rows : array of int, shape (patients,)
        Rows of the trial that were ranked: all but the first fold.
    weights : array, shape (patients, 5)
        Weights of the mean of each fifth, lowest prediction first; folds count by their size.
    cluster : array of int, shape (patients,), or None
    """

    rows: IntArray
    weights: FloatArray
    cluster: IntArray | None

    @property
    def sizes(self) -> IntArray:
        """Patients of each fifth; those tied across a cut count in both."""
        return np.asarray((self.weights > 0).sum(axis=0), dtype=np.int64)

    @property
    def width(self) -> float:
        """How many standard errors a 95 % interval reaches."""
        return critical_value(self.cluster)

    def means(self, values: FloatArray) -> Means:
        """Return the mean of a value of all patients in each fifth; patients without it (NaN) are left out.

        The errors are deviations from the fifth's own mean, so that a real difference between fifths does not widen the
        interval. NaN for a fifth in which nobody has the value.

        Parameters
        ----------
        values : array, shape (patients of the trial,)
        """
        own = values[self.rows]
        known = ~np.isnan(own)
        weights = np.where(known[:, None], self.weights, 0.0)
        total = weights.sum(axis=0)
        weights = np.divide(weights, total, out=np.full_like(weights, np.nan), where=total > 0)
        filled = np.where(known, own, 0.0)
        estimate = filled @ weights
        return Means(estimate, weights * (filled[:, None] - estimate))

    def se(self, influence: FloatArray) -> FloatArray:
        """Return standard errors from what each patient adds to the errors, shape (patients, estimates)."""
        return np.sqrt(np.diag(influence_covariance(influence, self.cluster)))

    def top_minus_bottom(self, means: Means) -> Estimate:
        """Return the mean of the last fifth minus that of the first."""
        difference = means.influence @ _DIFFERENCE
        return Estimate(float(means.estimate @ _DIFFERENCE), float(self.se(difference[:, None])[0]))


def held_out_fifths(effects: EffectEstimate, arm: str) -> HeldOutFifths | None:
    """Cut the ranked patients into fifths; None where the learner predicts one common effect for everybody."""
    predictions = effects.sequential[arm].to_numpy(dtype=float)
    folds = ranked_rows(effects.scores[arm].to_numpy(dtype=float), predictions, effects.fold)
    if not folds:
        return None
    rows = np.concatenate(folds)
    weights = np.concatenate([group_weights(predictions[members], FIFTHS) * len(members) for members in folds])
    cluster = None if effects.cluster is None else effects.cluster[rows]
    return HeldOutFifths(rows=rows, weights=weights / len(rows), cluster=cluster)


def effects_by_fifth(effects: EffectEstimate, arm: str) -> pd.DataFrame:
    """Return the average effect of each fifth of predicted benefit (GATES), and the top fifth's minus the bottom's.

    Each fifth is judged by the scores of patients that its ranking model had not seen. The effects need not rise from
    fifth to fifth: no order is imposed on them.

    Returns
    -------
    DataFrame
        group ("fifth 1" = least predicted benefit ... "fifth 5", "top minus bottom"), n, estimate, se, lower, upper
        (95 %, each by itself); empty where nobody is ranked.

    Source: Chernozhukov et al. 2025, Econometrica 93:1121-1164 (sorted group effects); Wager 2024, arXiv:2405.05534.
    """
    fifths = held_out_fifths(effects, arm)
    columns = ["group", "n", "estimate", "se", "lower", "upper"]
    if fifths is None:
        return pd.DataFrame(columns=columns)
    means = fifths.means(effects.scores[arm].to_numpy(dtype=float))
    difference = fifths.top_minus_bottom(means)
    table = pd.DataFrame(
        {
            "group": [*(f"fifth {position}" for position in range(1, FIFTHS + 1)), TOP_MINUS_BOTTOM],
            "n": [*fifths.sizes.tolist(), int(fifths.sizes[[0, -1]].sum())],
            "estimate": [*means.estimate, difference.estimate],
            "se": [*fifths.se(means.influence), difference.se],
        }
    )
    half_width = fifths.width * table["se"]
    return table.assign(lower=table["estimate"] - half_width, upper=table["estimate"] + half_width)[columns]
