"""Rank-weighted evidence as weights on the scores: TOC, AUTOC, Qini and groups by predicted benefit.

Patients are ranked by priority, larger first. Tied priorities are pooled: their weights are averaged, so that nothing
depends on the order of rows.
"""

import numpy as np

from ite.trial.data import FloatArray, IntArray


def toc_weights(priorities: FloatArray, fraction: float) -> FloatArray:
    """Weights of TOC(fraction) = mean score of the top fraction - mean of all. Shape (patients,).

    The top fraction holds the smallest whole number of patients that reaches it.
    """
    n = len(priorities)
    first = max(1, int(np.ceil(fraction * n - 1e-9)))
    by_rank = np.where(np.arange(n) < first, 1.0 / first, 0.0) - 1.0 / n
    return _pooled(priorities, by_rank)


def autoc_weights(priorities: FloatArray) -> FloatArray:
    """Weights of AUTOC = mean over k = 1..n of TOC(k / n). Shape (patients,).

    Source: Yadlowsky et al. 2025, J Am Stat Assoc 120:38-51 (with the weighting of grf).
    """
    n = len(priorities)
    tail = np.cumsum((1.0 / np.arange(1, n + 1))[::-1])[::-1]
    return _pooled(priorities, (tail - 1.0) / n)


def qini_weights(priorities: FloatArray) -> FloatArray:
    """Weights of the RATE Qini = mean over k = 1..n of (k / n) TOC(k / n). Shape (patients,).

    Source: Yadlowsky et al. 2025, J Am Stat Assoc 120:38-51 (with the weighting of grf).
    """
    n = len(priorities)
    rank = np.arange(1, n + 1)
    return _pooled(priorities, ((n - rank + 1) - (n + 1) / 2) / n**2)


def group_weights(priorities: FloatArray, groups: int) -> FloatArray:
    """Weights of the mean score of each group by priority, lowest first. Shape (patients, groups).

    Groups have equal size up to one patient. A block of tied patients is shared between the groups it spans.
    """
    n = len(priorities)
    group_of_rank: IntArray = (np.arange(n)[::-1] * groups) // n
    member = (group_of_rank[:, None] == np.arange(groups)[None, :]).astype(float)
    return np.column_stack([_pooled(priorities, column / column.sum()) for column in member.T])


def _pooled(priorities: FloatArray, by_rank: FloatArray) -> FloatArray:
    """Give each patient the mean weight of the ranks its block of tied priorities occupies."""
    order = np.argsort(-priorities, kind="stable")
    block = np.unique(-priorities, return_inverse=True)[1]
    mean = np.bincount(block[order], weights=by_rank) / np.bincount(block)
    pooled: FloatArray = mean[block]
    return pooled
