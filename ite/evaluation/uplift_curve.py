"""Qini and uplift curves along a ranking of the patients: descriptive, for a 0/1 outcome where 1 is good."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ite.trial.data import FloatArray


class CurveArea(NamedTuple):
    """Area under a curve over the fraction treated, and what remains of it above a random order, in responders."""

    area: float
    random_area: float
    coefficient: float
    per_patient: float


def qini_curve(outcome: npt.ArrayLike, treatment: npt.ArrayLike, score: npt.ArrayLike) -> pd.DataFrame:
    """Return Radcliffe's Qini curve: extra responders among the k patients with the largest scores.

    Q(k) = treated responders - control responders * treated / controls among the first k; the treated responders alone
    while there is no control. Patients with tied scores enter together, so row order never matters.

    Parameters
    ----------
    outcome, treatment, score : array, shape (patients,)
        0/1 outcome (1 = good), 0/1 treatment (1 = treated), and the predicted benefit that ranks the patients.

    Returns
    -------
    DataFrame
        k (patients taken: 0, then the end of each block of tied scores) and value (extra responders, a count).

    Source: Radcliffe 2007, Direct Marketing Analytics Journal 1:14-21.
    """
    counts = _counts_along(outcome, treatment, score)
    ratio = np.divide(counts.treated, counts.control, out=np.zeros_like(counts.treated), where=counts.control > 0)
    return pd.DataFrame({"k": counts.k, "value": counts.treated_good - counts.control_good * ratio})


def uplift_curve(outcome: npt.ArrayLike, treatment: npt.ArrayLike, score: npt.ArrayLike) -> pd.DataFrame:
    """Return the uplift curve: difference of the arms' response rates among the first k patients, times k.

    It is 0 while one of the arms is empty. Arguments and columns are those of `qini_curve`.

    Source: Rzepakowski & Jaroszewicz 2012, Knowledge and Information Systems 32:303-327.
    """
    counts = _counts_along(outcome, treatment, score)
    both = (counts.treated > 0) & (counts.control > 0)
    nothing = np.zeros_like(counts.treated)
    treated_rate = np.divide(counts.treated_good, counts.treated, out=nothing.copy(), where=both)
    control_rate = np.divide(counts.control_good, counts.control, out=nothing.copy(), where=both)
    return pd.DataFrame({"k": counts.k, "value": (treated_rate - control_rate) * counts.k})


def curve_area(curve: pd.DataFrame) -> CurveArea:
    """Return the area under a Qini or uplift curve by the trapezoid rule, over the fraction treated from 0 to 1.

    The coefficient is the area above the straight line between the curve's ends, which is what a random order gives in
    expectation; it is 0 for a constant score and negative for a good ranking turned round.
    """
    taken, value = curve["k"].to_numpy(dtype=float), curve["value"].to_numpy(dtype=float)
    area = float(np.trapezoid(value, taken / taken[-1]))
    random_area = float(value[0] + value[-1]) / 2
    return CurveArea(area, random_area, area - random_area, (area - random_area) / float(taken[-1]))


class _Counts(NamedTuple):
    k: FloatArray
    treated: FloatArray
    control: FloatArray
    treated_good: FloatArray
    control_good: FloatArray


def _counts_along(outcome: npt.ArrayLike, treatment: npt.ArrayLike, score: npt.ArrayLike) -> _Counts:
    good, treated, ranking = (np.asarray(values, dtype=float) for values in (outcome, treatment, score))
    order = np.argsort(-ranking, kind="stable")
    ranked = ranking[order]
    block_end = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)

    def running(values: FloatArray) -> FloatArray:
        return np.append(0.0, np.cumsum(values[order])[block_end])

    return _Counts(
        k=np.append(0.0, block_end + 1.0),
        treated=running(treated),
        control=running(1 - treated),
        treated_good=running(treated * good),
        control_good=running((1 - treated) * good),
    )
