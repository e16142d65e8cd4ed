"""The worst miss over every slice of an axis, by brute force and independently of `ite.subgroup`."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from scipy.stats import norm, t

from ite.trial.data import BoolArray, FloatArray

_PER_ARM = 20
_FLOOR = 2.0  # no critical value lies below; smaller statistics need no tail probability


@dataclass(frozen=True, kw_only=True)
class Extremes:
    """Largest |estimate - truth| / standard error over all slices, on the normal scale."""

    difference: float
    mean: float


def window_extremes(position: FloatArray, scores: FloatArray, effect: FloatArray, treated: BoolArray) -> Extremes:
    """Over every window between two distinct values with 20 patients per arm inside and outside."""
    order = np.argsort(position, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(position[order]) > 0, True)) + 1
    sums = _sums(scores, effect, treated)[order]
    running = np.concatenate([np.zeros((1, 4)), np.cumsum(sums, axis=0)])[np.append(0, ends)]
    first, last = _pairs(len(running))
    return _extremes(running.T[:, last] - running.T[:, first], running[-1], scores)


def level_extremes(codes: FloatArray, scores: FloatArray, effect: FloatArray, treated: BoolArray) -> Extremes:
    """Over every set of levels with 20 patients per arm inside and outside."""
    levels = np.unique(codes)
    sums = _sums(scores, effect, treated)
    by_level = np.array([sums[codes == level].sum(axis=0) for level in levels])
    chosen = [list(some) for size in range(1, len(levels)) for some in combinations(range(len(levels)), size)]
    return _extremes(np.array([by_level[some].sum(axis=0) for some in chosen]).T, by_level.sum(axis=0), scores)


@lru_cache(maxsize=4)
def _pairs(cuts: int) -> tuple[np.ndarray, np.ndarray]:
    first, last = np.triu_indices(cuts, 1)
    return first, last


def _sums(scores: FloatArray, effect: FloatArray, treated: BoolArray) -> FloatArray:
    """Patients, treated, deviation from the true effect, and its square are added up; the effect is taken off first."""
    deviation = scores - effect
    return np.column_stack([np.ones_like(scores), treated, deviation, deviation**2]).astype(float)


def _extremes(inside: FloatArray, everyone: FloatArray, scores: FloatArray) -> Extremes:
    outside = everyone[:, None] - inside
    fewest = np.minimum.reduce([inside[1], inside[0] - inside[1], outside[1], outside[0] - outside[1]])
    inside, outside = inside[:, fewest >= _PER_ARM], outside[:, fewest >= _PER_ARM]
    tails = float(np.mean((scores - scores.mean()) ** 4) / np.var(scores) ** 2)
    mean_in, variance_in, df_in = _side(inside, tails)
    mean_out, variance_out, df_out = _side(outside, tails)
    variance = variance_in + variance_out
    df = variance**2 / (variance_in**2 / df_in + variance_out**2 / df_out)
    return Extremes(
        difference=_largest(mean_in - mean_out, variance, df),
        mean=max(_largest(mean_in, variance_in, df_in), _largest(mean_out, variance_out, df_out)),
    )


def _side(sums: FloatArray, tails: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    n, total, square = sums[0], sums[2], sums[3]
    df = np.minimum(2 * n / (tails - 1), n - 1)
    return total / n, (square - total**2 / n) / (n * (n - 1)), df


def _largest(mean: FloatArray, variance: FloatArray, df: FloatArray) -> float:
    statistic = np.abs(mean) / np.sqrt(variance)
    high = statistic > _FLOOR
    return float(np.max(norm.isf(t.sf(statistic[high], df[high])), initial=0.0))
