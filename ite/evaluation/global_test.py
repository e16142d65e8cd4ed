"""The primary test: does the effect differ between patients at all? It needs no learner."""

import math
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from ite.evaluation.contrast import sum_by_cluster
from ite.trial.data import FloatArray, IntArray

#: Sign flips of the reference distribution, and how many patients or clusters they are used for.
FLIPS = 9_999
FLIPS_OF_LARGE_TRIALS = 1_999
LARGE_TRIAL = 10_000
#: Sign flips drawn at once, which bounds memory at flips x patients.
_BLOCK = 500
_MOST_SIGNS = 20_000_000
_SINGLE_PRECISION = 1e-5
_NEGLIGIBLE = 1e-12


@dataclass(frozen=True, kw_only=True, eq=False)
class MaxTest:
    """The largest studentised association and its reference.

    Attributes
    ----------
    statistic : float
        max |t| over the columns.
    p_value : float
        NaN where the scores do not vary.
    critical_value : float
        95 % quantile of the reference.
    column_statistic, column_p_value : array, shape (columns,)
        |t| of each column and its p-value adjusted for the number of columns (single-step).
    """

    statistic: float
    p_value: float
    critical_value: float
    column_statistic: FloatArray
    column_p_value: FloatArray


def max_association(scores: FloatArray, columns: FloatArray, seed: int, cluster: IntArray | None = None) -> MaxTest:
    """Test whether the scores are associated with any column, robust to variance that depends on covariates.

    t_j = sum_i b_ij r_i / sqrt(sum_i b_ij^2 r_i^2), with r the centred scores and b_j a centred column. The reference
    is the largest |t_j| after the sign of each patient's (or cluster's) contribution is flipped at random, studentised
    in the same way; dependence between columns is kept.

    Parameters
    ----------
    scores : array, shape (patients,)
    columns : array, shape (patients, columns), centred

    Source: Wu 1986, Ann Stat 14:1261-1295 (wild bootstrap); Westfall & Young 1993 (single-step max-T).
    """
    residual = scores - scores.mean()
    parts = sum_by_cluster(columns * residual[:, None], cluster)
    scale = np.sqrt(np.sum(parts**2, axis=0))
    known = scale > _NEGLIGIBLE * scale.max(initial=0.0)
    column_statistic = np.full(len(scale), np.nan)
    if not known.any():
        return MaxTest(
            statistic=math.nan,
            p_value=math.nan,
            critical_value=math.nan,
            column_statistic=column_statistic,
            column_p_value=column_statistic,
        )
    column_statistic[known] = np.abs(parts[:, known].sum(axis=0)) / scale[known]
    reference = _flipped_maxima(parts[:, known], scale[known], seed)
    statistic = float(np.nanmax(column_statistic))
    return MaxTest(
        statistic=statistic,
        p_value=share_as_large(reference, statistic),
        critical_value=float(np.quantile(reference, 0.95)),
        column_statistic=column_statistic,
        column_p_value=np.array([share_as_large(reference, value) for value in column_statistic]),
    )


def share_as_large(reference: FloatArray, value: float) -> float:
    """Return the p-value of a statistic by its reference, itself counted; NaN for NaN."""
    if math.isnan(value):
        return math.nan
    # The reference is in single precision: the observed pattern itself must count as at least as large.
    return (1 + int(np.sum(reference >= value * (1 - _SINGLE_PRECISION)))) / (1 + len(reference))


def _flipped_maxima(parts: FloatArray, scale: FloatArray, seed: int) -> FloatArray:
    """Largest |t| under each sign flip, shape (flips,).

    Flipping signs leaves the sum of squares, and so the studentising scale, unchanged.
    """
    generator = np.random.default_rng(seed)
    flips = FLIPS if len(parts) <= LARGE_TRIAL else FLIPS_OF_LARGE_TRIALS
    block = max(1, min(_BLOCK, _MOST_SIGNS // len(parts)))
    studentised = (parts / scale).astype(np.float32)
    with threadpool_limits(limits=1):  # sums depend on the number of threads
        maxima = [
            np.abs(_signs(generator, min(block, flips - start), len(parts)) @ studentised).max(axis=1)
            for start in range(0, flips, block)
        ]
    return np.concatenate(maxima).astype(float)


def _signs(generator: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    bits = np.unpackbits(generator.integers(0, 256, size=(rows, -(-columns // 8)), dtype=np.uint8), axis=1)
    return bits[:, :columns].astype(np.float32) * 2 - 1
