"""Differences between the risks of two arms."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import stats


class RiskDifference(NamedTuple):
    """Risk of the treated minus risk of the controls, with its 95 % interval."""

    estimate: float
    lower: float
    upper: float


def newcombe(events_treated: int, n_treated: int, events_control: int, n_control: int) -> RiskDifference:
    """Return the risk difference, treated minus control, with Newcombe's interval (method 10).

    The limits combine the two arms' Wilson score intervals, without continuity correction, so that they stay within
    -1 and 1 and have a width where an arm has no events.

    Source: Newcombe 1998, Statistics in Medicine 17:873-890.
    """
    treated, control = events_treated / n_treated, events_control / n_control
    treated_low, treated_high = wilson(events_treated, n_treated)
    control_low, control_high = wilson(events_control, n_control)
    difference = treated - control
    return RiskDifference(
        difference,
        difference - float(np.hypot(treated - treated_low, control_high - control)),
        difference + float(np.hypot(treated_high - treated, control - control_low)),
    )


def wilson(events: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion.

    Source: Wilson 1927, Journal of the American Statistical Association 22:209-212.
    """
    z = float(stats.norm.ppf((1 + level) / 2))
    share, weight = events / n, z**2 / n
    centre = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * float(np.sqrt(share * (1 - share) / n + weight / (4 * n)))
    return centre - half, centre + half


def standardised_risk_difference(risk_control: npt.ArrayLike, risk_treated: npt.ArrayLike, n: npt.ArrayLike) -> float:
    """Return the average over strata of control risk minus treated risk, weighted by patients; positive = benefit.

    Parameters
    ----------
    risk_control, risk_treated, n : array, shape (strata,)
        Risks of a bad event by arm, and patients of both arms, in each stratum.
    """
    reduction = np.asarray(risk_control, dtype=float) - np.asarray(risk_treated, dtype=float)
    return float(np.average(reduction, weights=np.asarray(n, dtype=float)))
