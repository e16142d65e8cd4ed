"""The chance that several correlated normal statistics all stay below a limit, without random numbers."""

import numpy as np
from scipy.special import ndtr

from ite.design.fixed.bivariate_normal import both_below
from ite.trial.columns import FloatArray

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)
_REACH = 8.5


def probability_all_below(limit: FloatArray, correlation: FloatArray) -> FloatArray:
    """Return P(Z_1 <= x, ..., Z_m <= x) of standard normal variables for each x in `limit`.

    Parameters
    ----------
    limit
        Shape (points,).
    correlation
        Shape (m, m), m from 1 to 4; singular matrices are allowed.

    Two variables in closed form (Owen 1956); of three or four, the first ones are integrated by Gauss-Legendre
    quadrature over the closed form of the last two.
    """
    return _all_below(np.repeat(limit[:, None], len(correlation), axis=1), correlation)


def _all_below(limits: FloatArray, correlation: FloatArray) -> FloatArray:
    """Return P(Z <= limits) for each row of limits, shape (rows, m)."""
    m = len(correlation)
    if m == 1:
        return np.asarray(ndtr(limits[:, 0]))
    if m == 2:
        return both_below(limits[:, 0], limits[:, 1], correlation[0, 1])
    width = np.clip(limits[:, :1], -_REACH, _REACH) + _REACH
    points = width * (_NODES + 1) / 2 - _REACH
    density = np.exp(-(points**2) / 2) / np.sqrt(2 * np.pi)
    loading = correlation[0, 1:]
    residual = np.sqrt(np.maximum(1 - loading**2, 1e-24))
    partial = (correlation[1:, 1:] - np.outer(loading, loading)) / np.outer(residual, residual)
    given = (limits[:, None, 1:] - points[:, :, None] * loading) / residual
    inner = _all_below(given.reshape(-1, m - 1), partial).reshape(points.shape)
    return np.asarray(np.sum(width / 2 * _WEIGHTS * density * inner, axis=1))
