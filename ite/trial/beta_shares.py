"""Shares known with a beta distribution each: how probably one of them is above another."""

import numpy as np
from scipy.special import betainc, betaincinv

_NODES = 400


def probability_above(beta: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the probability that one beta-distributed share is above an independent other.

    The mean, over the quantiles of the share that is known better, of the chance that the other lies on its side:
    Gauss-Legendre quadrature. Over the quantiles of the worse known, that chance would be a step, which no such rule
    meets well.

    Parameters
    ----------
    beta, other
        The two numbers a and b of each distribution.
    """
    if sum(other) > sum(beta):
        return 1.0 - probability_above(other, beta)
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return float(weights / 2 @ betainc(*other, betaincinv(*beta, (nodes + 1) / 2)))
