"""Holm's adjustment: the chance of any false finding among several tests stays at the level."""

import numpy as np

from ite.trial.data import FloatArray


def holm(p_values: FloatArray) -> FloatArray:
    """Holm's step-down adjusted p-values, in the order given; unknown ones (NaN) stay unknown and do not count.

    Source: Holm 1979, Scand J Stat 6:65-70.
    """
    order = np.argsort(p_values, kind="stable")[: int(np.sum(~np.isnan(p_values)))]
    multiplier = len(order) - np.arange(len(order))
    adjusted = np.full(len(p_values), np.nan)
    adjusted[order] = np.minimum(np.maximum.accumulate(multiplier * p_values[order]), 1.0)
    return adjusted
