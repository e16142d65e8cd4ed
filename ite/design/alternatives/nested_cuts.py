"""Testing a whole population and nested parts of it: critical values and rejection probabilities, exactly.

The patients above a higher cut are among those above a lower one, so the z statistics over growing shares of the
patients are correlated like the looks of a sequential trial, the share in the place of the information fraction. The
probability that any of them passes its critical value is therefore a first-crossing probability.
"""

from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from ite.design.sequential.crossing import first_crossing
from ite.trial.data import FloatArray


def nested_rejection(shares: FloatArray, critical: FloatArray, mean: FloatArray) -> float:
    """Return the probability that the z statistic of any nested population reaches its critical value.

    Parameters
    ----------
    shares : shape (populations,)
        Increasing shares of the patients; the last is 1.
    critical, mean : shape (populations,)
        Critical value and mean of each z statistic, whose variance is 1.
    """
    never = np.full(len(shares), -np.inf)
    return float(first_crossing(shares, critical - mean, never, np.zeros(1)).upper.sum())


@lru_cache(maxsize=256)
def nested_critical_values(shares: tuple[float, ...], alpha: float, alpha_full: float) -> tuple[float, float]:
    """Return the critical values of the whole population and, one for all, of its parts.

    The whole is tested at `alpha_full`; the parts share what the correlation leaves of `alpha`, so that without any
    effect something is claimed with probability alpha exactly.
    """
    fractions, no_effect = np.array(shares), np.zeros(len(shares))
    full = float(ndtri(1 - alpha_full))

    def excess(parts: float) -> float:
        critical = np.append(np.full(len(shares) - 1, parts), full)
        return nested_rejection(fractions, critical, no_effect) - alpha

    return full, float(brentq(excess, 0.0, 12.0, xtol=1e-10))
