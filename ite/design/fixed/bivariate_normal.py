"""Probabilities of two correlated standard normal variables, by Owen's function."""

import math

from scipy.special import ndtr, owens_t


def both_below(first: float, second: float, correlation: float) -> float:
    """Return P(X < first, Y < second) for standard normal X, Y; the correlation lies within (-1, 1).

    Source: Owen 1956, Annals of Mathematical Statistics 27:1075-1090.
    """
    if first == second == 0.0:
        return 0.25 + math.asin(correlation) / (2.0 * math.pi)
    opposite = first * second < 0.0 or (first * second == 0.0 and first + second < 0.0)
    marginal = (float(ndtr(first)) + float(ndtr(second))) / 2.0
    wedges = _wedge(first, second, correlation) + _wedge(second, first, correlation)
    return marginal - wedges - (0.5 if opposite else 0.0)


def both_above(first: float, second: float, correlation: float) -> float:
    """Return P(X > first, Y > second)."""
    return both_below(-first, -second, correlation)


def _wedge(one: float, other: float, correlation: float) -> float:
    if one == 0.0:
        return math.copysign(0.25, other)
    slope = (other - correlation * one) / (one * math.sqrt(1.0 - correlation**2))
    return float(owens_t(one, slope))
