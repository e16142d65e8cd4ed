"""Several comparisons with one control: their joint probabilities by a one-dimensional integral.

Given the mean of the control, the comparisons are independent. Legend: u is the standardised control mean, and lambda
the share of a comparison's variance that comes from it, n_arm / (n_arm + n_control): it is also the correlation of two
comparisons whose arms are of one size. Source: Dunnett 1955, JASA 50:1096-1121.
"""

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.optimize import brentq
from scipy.special import ndtr

from ite.trial.data import FloatArray

REACH = 9.0
NODES, WEIGHTS = leggauss(240)
CONTROL = REACH * NODES
DENSITY = REACH * WEIGHTS * np.exp(-0.5 * CONTROL**2) / np.sqrt(2 * np.pi)


def none_rejected(mean: FloatArray, critical: float, from_control: float) -> float:
    """Return the probability that no comparison reaches the critical value.

    Parameters
    ----------
    mean : shape (comparisons,)
        Means of the z statistics, whose variance is 1.
    critical
        Critical value of each.
    from_control
        Share of the variance of a comparison that comes from the control, in [0, 1).
    """
    return float(DENSITY @ ndtr(-_distance(mean, critical, from_control)).prod(axis=1))


def all_rejected(mean: FloatArray, critical: float, from_control: float) -> float:
    """Return the probability that every comparison reaches the critical value; parameters as for `none_rejected`."""
    return float(DENSITY @ ndtr(_distance(mean, critical, from_control)).prod(axis=1))


def dunnett_critical_value(comparisons: int, alpha: float, from_control: float) -> float:
    """Return the critical value at which some comparison is rejected with probability alpha without any effect."""
    no_effect = np.zeros(comparisons)
    return float(brentq(lambda value: 1 - none_rejected(no_effect, value, from_control) - alpha, -8.0, 8.5, xtol=1e-11))


def _distance(mean: FloatArray, critical: float, from_control: float) -> FloatArray:
    """Return how far each comparison lies beyond its critical value, by control mean; shape (nodes, comparisons)."""
    shift = mean - critical - np.sqrt(from_control) * CONTROL[:, None]
    return np.asarray(shift / np.sqrt(1 - from_control))
