"""The test of the WATCH workflow: are the scores independent of all covariates, by permutation."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2
from threadpoolctl import threadpool_limits

from ite.evaluation.global_test import share_as_large
from ite.trial.data import FloatArray

PERMUTATIONS = 1_999
#: Directions of the covariates with a smaller share of the largest variance are rounding.
_NEGLIGIBLE = 1e-8


@dataclass(frozen=True, kw_only=True)
class PermutationTest:
    """Two statistics of the same independence.

    Attributes
    ----------
    largest, p_largest : float
        Largest association in standard errors, and its p-value by permutation.
    quadratic, degrees, p_quadratic : float, int, float
        Sum of all associations in units of their covariance, its degrees of freedom, and the chi-square p-value.
    """

    largest: float
    p_largest: float
    quadratic: float
    degrees: int
    p_quadratic: float


def permutation_test(scores: FloatArray, columns: FloatArray, seed: int) -> PermutationTest:
    """Test independence of the scores and all columns by permuting the scores.

    With r the centred scores and b_j a centred column, T_j = sum of b_ij r_i has, over all permutations, mean 0 and
    covariance B'B (r'r) / (n - 1). Permuting needs the scores to be exchangeable: where a small group is much noisier
    than the rest, the test rejects far too often. The primary test does not.

    Parameters
    ----------
    scores : array, shape (patients,)
        Doubly robust scores.
    columns : array, shape (patients, columns)

    Raises
    ------
    ValueError
        Where the scores or all columns are constant.

    Source: Strasser & Weber 1999, Math Methods Stat 8:220-250; as used by Sechidis et al. 2025, arXiv:2502.00713.
    """
    residual = scores - scores.mean()
    centred = columns - columns.mean(axis=0)
    centred = centred[:, np.ptp(centred, axis=0) > 0]
    if not residual.any() or centred.shape[1] == 0:
        raise ValueError("scores and columns must vary")
    studentised = centred / np.sqrt((centred**2).sum(axis=0) * (residual @ residual) / (len(residual) - 1))
    association = residual @ studentised
    largest = float(np.abs(association).max())
    quadratic, degrees = _quadratic(association, studentised * np.sqrt((residual @ residual) / (len(residual) - 1)))
    return PermutationTest(
        largest=largest,
        p_largest=share_as_large(_permuted(residual, studentised, seed), largest),
        quadratic=quadratic,
        degrees=degrees,
        p_quadratic=float(chi2.sf(quadratic, degrees)),
    )


def _permuted(residual: FloatArray, studentised: FloatArray, seed: int) -> FloatArray:
    generator = np.random.default_rng(seed)
    with threadpool_limits(limits=1):  # sums depend on the number of threads
        return np.array(
            [np.abs(generator.permutation(residual) @ studentised).max() for _ in range(PERMUTATIONS)], dtype=float
        )


def _quadratic(association: FloatArray, standardised: FloatArray) -> tuple[float, int]:
    """Return the quadratic form of the associations in their covariance, directions of no variance left out."""
    values, vectors = np.linalg.eigh(standardised.T @ standardised)
    kept = values > _NEGLIGIBLE * values.max()
    turned = association @ vectors[:, kept]
    return float(np.sum(turned**2 / values[kept])), int(kept.sum())
