"""Probabilities of two correlated standard normal variables, by Owen's function."""

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, owens_t

from ite.trial.columns import FloatArray

#: Owen's function at 0 needs the sign of an infinite slope: the smallest number stands for 0.
_NEXT_TO_ZERO = 1e-300
#: A correlation of one is that of one variable twice; its slope would be 0 / 0.
_NEAR_ONE = 1 - 1e-12


def both_below(first: npt.ArrayLike, second: npt.ArrayLike, correlation: npt.ArrayLike) -> FloatArray:
    """Return P(X < first, Y < second) for standard normal X, Y; the arguments are broadcast together.

    Source: Owen 1956, Annals of Mathematical Statistics 27:1075-1090.
    """
    one, other = _not_zero(first), _not_zero(second)
    rho = np.clip(np.asarray(correlation, dtype=float), -_NEAR_ONE, _NEAR_ONE)
    root = np.sqrt((1 - rho) * (1 + rho))
    with np.errstate(over="ignore"):
        wedges = owens_t(one, (other - rho * one) / (one * root)) + owens_t(other, (one - rho * other) / (other * root))
    opposite = np.where((one < 0) != (other < 0), 0.5, 0.0)
    return np.asarray(np.clip(0.5 * (ndtr(one) + ndtr(other)) - wedges - opposite, 0.0, 1.0))


def both_above(first: npt.ArrayLike, second: npt.ArrayLike, correlation: npt.ArrayLike) -> FloatArray:
    """Return P(X > first, Y > second)."""
    return both_below(-np.asarray(first, dtype=float), -np.asarray(second, dtype=float), correlation)


def _not_zero(values: npt.ArrayLike) -> FloatArray:
    given = np.asarray(values, dtype=float)
    return np.where(given == 0, _NEXT_TO_ZERO, given)
