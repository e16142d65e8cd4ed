"""Joint probabilities of several one-sided z-tests whose correlations are known, whatever they are."""

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri
from scipy.stats import multivariate_normal

from ite.trial.data import FloatArray

#: Far below a digit that is shown, and quick enough for a slider.
_ERROR, _TOLERANCE = 1e-5, 1e-5


def none_rejected(mean: FloatArray, critical: float | FloatArray, correlation: FloatArray) -> float:
    """Return the probability that no statistic reaches the critical value, to about 1e-5.

    Parameters
    ----------
    mean : shape (tests,)
        Means of the z statistics, whose variance is 1.
    critical
        Critical value of each, or one for all.
    correlation : shape (tests, tests)
        Correlations of the statistics.
    """
    # The integration draws its points at random; one seed makes it a function of its arguments.
    points = np.random.default_rng(0)
    limits = np.broadcast_to(np.asarray(critical, dtype=float), mean.shape)
    return float(multivariate_normal.cdf(limits, mean, correlation, abseps=_ERROR, releps=_ERROR, rng=points))


def all_rejected(mean: FloatArray, critical: float, correlation: FloatArray) -> float:
    """Return the probability that every statistic reaches the critical value; parameters as for `none_rejected`."""
    return none_rejected(-mean, -critical, correlation)


def some_rejected(mean: FloatArray, critical: float, correlation: FloatArray) -> float:
    """Return the probability that any statistic reaches the critical value; parameters as for `none_rejected`.

    It is the sum over tests of the probability that this one is the first to reach it. Where rejections are rare each
    part is small and its error smaller still, while 1 - `none_rejected` would keep an error of 1e-5.
    """
    total = 0.0
    for first in range(len(mean)):
        tests = first + 1
        turned = np.append(np.ones(first), -1.0)
        total += none_rejected(
            turned * mean[:tests], turned * critical, correlation[:tests, :tests] * np.outer(turned, turned)
        )
    return total


def family_wise_critical_value(alpha: float, correlation: FloatArray) -> float:
    """Return the critical value at which some test is rejected with probability alpha without any effect."""
    tests = len(correlation)
    if tests == 1:
        return float(ndtri(1 - alpha))
    no_effect = np.zeros(tests)
    # One test needs less, and Bonferroni's value is always enough: the little more leaves room for the error.
    lowest, highest = float(ndtri(1 - alpha)), float(ndtri(1 - alpha / tests)) + 0.01
    return float(
        brentq(lambda value: some_rejected(no_effect, value, correlation) / alpha - 1, lowest, highest, xtol=_TOLERANCE)
    )
