"""The c-for-benefit: how often predicted benefit orders matched pairs as their outcomes do."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ite.trial.data import FloatArray


class Concordance(NamedTuple):
    """Share of usable couples of pairs in the right order; NaN where no couple is usable."""

    c: float
    usable: int


class MatchedPairs(NamedTuple):
    """Observed and predicted benefit of treated-control pairs, in increasing order of prediction. Shape (pairs,)."""

    observed: FloatArray
    predicted: FloatArray


def c_for_benefit(observed: npt.ArrayLike, predicted: npt.ArrayLike) -> Concordance:
    """Return the share of couples of pairs, of different observed benefit, that the prediction orders rightly.

    Tied predictions count one half. It measures discrimination, not calibration, and depends on how pairs were matched.

    Parameters
    ----------
    observed, predicted : array, shape (pairs,)
        Control outcome minus treated outcome of a bad event (-1, 0 or 1), and the pair's predicted benefit.

    Source: van Klaveren et al. 2018, Journal of Clinical Epidemiology 94:59-68.
    """
    benefit, prediction = np.asarray(observed, dtype=float), np.asarray(predicted, dtype=float)
    by_level = [np.sort(prediction[benefit == level]) for level in np.unique(benefit)]  # few levels, many pairs
    usable, right = 0, 0.0
    for place, better in enumerate(by_level):
        for worse in by_level[:place]:
            below, not_above = (np.searchsorted(worse, better, side=side) for side in ("left", "right"))
            right += 0.5 * float(below.sum() + not_above.sum())
            usable += len(better) * len(worse)
    return Concordance(right / usable, usable) if usable else Concordance(float("nan"), 0)


def match_by_rank(
    outcome_treated: npt.ArrayLike,
    predicted_treated: npt.ArrayLike,
    outcome_control: npt.ArrayLike,
    predicted_control: npt.ArrayLike,
) -> MatchedPairs:
    """Pair the k-th smallest predicted benefit of the treated with the k-th smallest of the controls.

    Parameters
    ----------
    outcome_treated, predicted_treated, outcome_control, predicted_control : array, shape (pairs,)
        0/1 outcome (1 = bad) and predicted benefit by arm; the arms are of equal size.

    Raises
    ------
    ValueError
        If the arms differ in size.
    """
    treated, control = np.asarray(predicted_treated, dtype=float), np.asarray(predicted_control, dtype=float)
    if len(treated) != len(control):
        raise ValueError(f"arms of equal size are needed, not {len(treated)} treated and {len(control)} controls")
    by_treated, by_control = np.argsort(treated, kind="stable"), np.argsort(control, kind="stable")
    observed = (
        np.asarray(outcome_control, dtype=float)[by_control] - np.asarray(outcome_treated, dtype=float)[by_treated]
    )
    return MatchedPairs(observed, (treated[by_treated] + control[by_control]) / 2)
