"""Unadjusted differences of two arms, each with its 95 % interval."""

from typing import NamedTuple

import numpy as np
from scipy import stats

from ite.trial.data import FloatArray
from ite.trial.normal import NORMAL_975
from ite.trial.survival import RestrictedMean


class Difference(NamedTuple):
    """A difference of two arms with its standard error and 95 % interval."""

    estimate: float
    se: float
    lower: float
    upper: float


def welch_difference(treated: FloatArray, control: FloatArray) -> Difference:
    """Return the difference in means with Welch's interval; NaN where an arm has fewer than two patients."""
    estimate = float(treated.mean() - control.mean())
    if min(len(treated), len(control)) < 2:
        return Difference(estimate, np.nan, np.nan, np.nan)
    parts = np.array([treated.var(ddof=1) / len(treated), control.var(ddof=1) / len(control)])
    se = float(np.sqrt(parts.sum()))
    if se == 0:
        return Difference(estimate, 0.0, estimate, estimate)
    freedom = parts.sum() ** 2 / (parts**2 / [len(treated) - 1, len(control) - 1]).sum()
    width = float(stats.t.ppf(0.975, freedom)) * se
    return Difference(estimate, se, estimate - width, estimate + width)


def newcombe_difference(treated: FloatArray, control: FloatArray) -> Difference:
    """Return the difference in proportions with Newcombe's hybrid score interval and the Wald standard error.

    Source: Newcombe 1998, Stat Med 17:873-890, method 10.
    """
    active, passive = float(treated.mean()), float(control.mean())
    active_low, active_high = wilson_interval(active, len(treated))
    passive_low, passive_high = wilson_interval(passive, len(control))
    estimate = active - passive
    se = float(np.hypot(standard_error(treated, binary=True), standard_error(control, binary=True)))
    lower = estimate - float(np.hypot(active - active_low, passive_high - passive))
    upper = estimate + float(np.hypot(active_high - active, passive - passive_low))
    return Difference(estimate, se, lower, upper)


def restricted_mean_difference(treated: RestrictedMean, control: RestrictedMean) -> Difference:
    """Return the difference of two restricted means with its normal interval, in units of time."""
    estimate, se = treated.rmst - control.rmst, float(np.hypot(treated.se, control.se))
    return Difference(estimate, se, estimate - NORMAL_975 * se, estimate + NORMAL_975 * se)


def standard_error(values: FloatArray, *, binary: bool) -> float:
    """Return the standard error of a mean or, with divisor n, of a proportion; NaN for a single patient."""
    if len(values) < 2:
        return float("nan")
    return float(np.sqrt(values.var(ddof=0 if binary else 1) / len(values)))


def wilson_interval(proportion: float, n: int) -> tuple[float, float]:
    """Return the 95 % limits of a proportion of n patients; (NaN, NaN) of nobody.

    Source: Wilson 1927, JASA 22(158):209-212.
    """
    if n == 0:
        return float("nan"), float("nan")
    square = NORMAL_975**2
    centre = (proportion + square / (2 * n)) / (1 + square / n)
    width = NORMAL_975 / (1 + square / n) * np.sqrt(proportion * (1 - proportion) / n + square / (4 * n**2))
    return float(centre - width), float(centre + width)
