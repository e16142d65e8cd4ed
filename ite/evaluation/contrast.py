"""A contrast of scores: the one way in which evidence about effects is computed.

TOC, AUTOC, Qini, group effects and their differences are all weighted sums of the scores, with weights that depend on
the predictions alone. One variance formula therefore serves them all.
"""

from dataclasses import dataclass

import numpy as np

from ite.trial.data import FloatArray, IntArray


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """A weighted sum of scores.

    Attributes
    ----------
    estimate, se : float
    size : int
        Patients it was computed from.
    """

    estimate: float
    se: float
    size: int

    @property
    def z(self) -> float:
        """Estimate in standard errors; NaN where the standard error is 0."""
        return self.estimate / self.se if self.se > 0 else float("nan")


def contrast(scores: FloatArray, weights: FloatArray, cluster: IntArray | None = None) -> Contrast:
    """Weighted sum of scores with its heteroscedasticity-robust standard error.

    se^2 = n / (n - 1) * sum of (w_i (s_i - mean s))^2; with clusters, the products are first summed within them.

    Parameters
    ----------
    scores, weights : array, shape (patients,)
        Weights that sum to 0 (a contrast) or to 1 (a mean); they may depend on covariates, never on these scores.

    Source: White 1980, Econometrica 48:817-838; Liang & Zeger 1986, Biometrika 73:13-22.
    """
    parts = sum_by_cluster(weights * (scores - scores.mean()), cluster)
    n = len(parts)
    variance = float(np.sum(parts**2)) * n / max(n - 1, 1)
    return Contrast(estimate=float(weights @ scores), se=float(np.sqrt(variance)), size=len(scores))


def sum_by_cluster(values: FloatArray, cluster: IntArray | None) -> FloatArray:
    """Sum rows within clusters; unchanged where there are none. Shape (patients or clusters, ...)."""
    if cluster is None:
        return values
    labels, position = np.unique(cluster, return_inverse=True)
    total = np.zeros((len(labels), *values.shape[1:]))
    np.add.at(total, position, values)
    return total


def combine(contrasts: list[Contrast]) -> Contrast:
    """Combine the same contrast over sequential folds so that its z is the square-root weighted sum of theirs.

    z = sum sqrt(n_k) z_k / sqrt(sum n_k); the estimate weighs fold k by sqrt(n_k) / se_k. A fold of se 0
    (too few clusters to tell) is left out. With no folds left, estimate and se are NaN.

    Source: Wager 2024, arXiv:2405.05534 (sequential validation).
    """
    informative = [part for part in contrasts if part.se > 0]
    if not informative:
        return Contrast(estimate=float("nan"), se=float("nan"), size=0)
    size = np.array([part.size for part in informative], dtype=float)
    se = np.array([part.se for part in informative])
    weight = np.sqrt(size) / se
    weight /= weight.sum()
    estimate = float(weight @ np.array([part.estimate for part in informative]))
    return Contrast(estimate=estimate, se=float(np.sqrt(np.sum((weight * se) ** 2))), size=int(size.sum()))


def influence_covariance(influence: FloatArray, cluster: IntArray | None) -> FloatArray:
    """Covariance of estimates from what each patient adds to their errors, summed within clusters.

    Parameters
    ----------
    influence : array, shape (patients, estimates)
    cluster : array of int, shape (patients,), or None

    Source: White 1980, Econometrica 48:817-838; Liang & Zeger 1986, Biometrika 73:13-22.
    """
    parts = sum_by_cluster(influence, cluster)
    return np.asarray(parts.T @ parts * len(parts) / max(len(parts) - 1, 1))
