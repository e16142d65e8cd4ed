"""Tests of several populations' null hypotheses at once: the intersections that a closed test needs."""

from functools import lru_cache
from typing import Literal

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.special import ndtr, ndtri

from ite.design.enrichment.maximum import probability_all_below
from ite.design.fixed.bivariate_normal import both_below
from ite.errors import DesignError
from ite.trial.columns import BoolArray, FloatArray

Intersection = Literal["simes", "bonferroni", "sidak", "spiessens_debois"]
_KNOTS, _GRID = np.linspace(-5.0, 9.0, 141), np.linspace(-5.0, 9.0, 4_001)
_TAIL = 6.0


def intersection_p(method: Intersection, p: FloatArray, studied: BoolArray) -> FloatArray:
    """Return the p-value of the intersection of the hypotheses that were studied.

    Parameters
    ----------
    method
        "simes": min over j of m p_(j) / j (Simes 1986); "bonferroni": min(1, m min p); "sidak": 1 - (1 - min p)^m.
    p
        One-sided p-values, shape (populations, trials).
    studied
        Which of them exist, same shape; m is their number in a trial.

    Returns
    -------
    Array of shape (trials,); NaN where no population was studied.
    """
    count = studied.sum(axis=0)
    known = np.where(studied, p, np.inf)
    with np.errstate(invalid="ignore", divide="ignore"):
        if method == "simes":
            joint = np.minimum.reduce([count * row / rank for rank, row in enumerate(_ascending(known), start=1)])
        elif method == "bonferroni":
            joint = np.minimum(1.0, count * known.min(axis=0))
        elif method == "sidak":
            joint = -np.expm1(count * np.log1p(-np.minimum(known.min(axis=0), 1.0)))
        else:
            raise ValueError(f"'{method}' needs the correlations: see spiessens_debois_z")
    return np.where(count > 0, joint, np.nan)


def _ascending(rows: FloatArray) -> list[FloatArray]:
    """Sort a few rows against each other, trial by trial; for so few, ten times as fast as numpy.sort along them."""
    ordered = list(rows)
    for last in range(len(ordered) - 1, 0, -1):
        for position in range(last):
            lower, upper = ordered[position], ordered[position + 1]
            ordered[position], ordered[position + 1] = np.minimum(lower, upper), np.maximum(lower, upper)
    return ordered


def spiessens_debois_z(largest: FloatArray, correlation: FloatArray) -> FloatArray:
    """Return the z-value of the intersection of populations whose statistics are correlated as nested patients are.

    Parameters
    ----------
    largest
        The largest z of the populations, shape (trials,).
    correlation
        Correlation of their statistics under the null, (m, m), common to the trials; or, for two populations, one value
        for each trial, shape (trials,).

    Source: Spiessens and Debois, Contemporary Clinical Trials 31 (2010): p = 1 - P(all Z <= max z). The probability is
    tabulated once for each correlation and interpolated linearly (error below 1e-5 on the z scale).
    """
    if correlation.ndim == 2:
        table = _table(tuple(map(tuple, np.round(correlation, 10).tolist())))
        return np.interp(largest, _GRID, table)
    return _joint_z(largest, both_below(largest, largest, correlation), 2)


@lru_cache(maxsize=64)
def _table(correlation: tuple[tuple[float, ...], ...]) -> FloatArray:
    """Return the intersection's z on the grid of largest z: exact at the knots, a spline between them."""
    at_knots = _joint_z(_KNOTS, probability_all_below(_KNOTS, np.array(correlation)), len(correlation))
    return np.asarray(CubicSpline(_KNOTS, at_knots)(_GRID))


def _joint_z(largest: FloatArray, all_below: FloatArray, m: int) -> FloatArray:
    """Return the z of P(all below), and Bonferroni's in the far tail, where 1 - P has no digits left."""
    tail = -ndtri(np.minimum(1.0, m * ndtr(-largest)))
    return np.where(largest > _TAIL, tail, ndtri(np.clip(all_below, 1e-300, 1.0)))


def check_intersection(method: Intersection, populations: int, *, random_sizes: bool) -> None:
    """Raise DesignError where the correlations that Spiessens-Debois needs are not known.

    With random subgroup sizes they differ from trial to trial, and are used trial by trial for one subgroup only.
    """
    if method == "spiessens_debois" and populations > 2 and random_sizes:
        raise DesignError(
            "Spiessens-Debois with random subgroup sizes is defined for one subgroup; "
            f"{populations - 1} were given. Use fixed sizes, or Simes."
        )
