"""Evidence on predictions, fold by fold: each fold is scored by a model that saw the earlier folds only."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit
from scipy.stats import norm, t

from ite.estimation.shrinkage import ROUNDING
from ite.evaluation.contrast import Contrast, combine, contrast, sum_by_cluster
from ite.evaluation.rank_weights import group_weights, toc_weights
from ite.trial.data import FloatArray, IntArray
from ite.trial.normal import NORMAL_975

#: Fractions at which the TOC is drawn.
TOC_FRACTIONS = tuple(round(0.05 * step, 2) for step in range(1, 21))
#: Groups of predicted benefit.
FIFTHS = 5
_BAND_DRAWS = 20_000


@dataclass(frozen=True, kw_only=True, eq=False)
class SequentialFold:
    """Patients of one fold with predictions from the earlier folds.

    Attributes
    ----------
    scores, predictions : array, shape (patients,)
    cluster : array or None
    """

    scores: FloatArray
    predictions: FloatArray
    cluster: IntArray | None


def sequential_folds(
    scores: FloatArray, predictions: FloatArray, fold: IntArray, cluster: IntArray | None
) -> list[SequentialFold]:
    """Split into the folds whose predictions differ, in order.

    A fold for which the learner predicts one common effect ranks nobody and holds no evidence. Its predictions may
    still differ by rounding, which must not rank anybody either.
    """
    return [
        SequentialFold(
            scores=scores[rows], predictions=predictions[rows], cluster=None if cluster is None else cluster[rows]
        )
        for rows in ranked_rows(scores, predictions, fold)
    ]


def ranked_rows(scores: FloatArray, predictions: FloatArray, fold: IntArray) -> list[IntArray]:
    """Return the rows of each fold whose predictions differ, fold by fold in order."""
    rounding = ROUNDING * float(scores.std())
    rows = [np.flatnonzero(fold == held_out) for held_out in np.unique(fold[~np.isnan(predictions)])]
    return [members for members in rows if np.ptp(predictions[members]) > rounding]


def combined(folds: list[SequentialFold], weights: Callable[[FloatArray], FloatArray]) -> Contrast:
    """Combine over folds the contrast whose weights `weights` computes from the predictions."""
    return combine([contrast(part.scores, weights(part.predictions), part.cluster) for part in folds])


def calibration_slope(folds: list[SequentialFold]) -> Contrast:
    """Slope of the scores on the predictions: 1 where the predicted spread is right, 0 where it is noise.

    Within each fold least squares with the HC3 variance, then combined. Clusters in a fold are few, and there the
    variance under no slope is used: the fitted slope would take too much out of so few residuals.

    Source: Chernozhukov et al. 2025, Econometrica 93:1121-1164 (best linear predictor); MacKinnon & White 1985 (HC3).
    """
    return combine([_slope(part) for part in folds])


def _slope(part: SequentialFold) -> Contrast:
    centred = part.predictions - part.predictions.mean()
    total = float(centred @ centred)
    weights = centred / total
    estimate = float(weights @ part.scores)
    if part.cluster is not None:
        return contrast(part.scores, weights, part.cluster)
    leverage = 1.0 / len(centred) + centred**2 / total
    residual = (part.scores - part.scores.mean() - estimate * centred) / np.maximum(1.0 - leverage, 1e-8)
    spread = contrast(residual, weights)
    return Contrast(estimate=estimate, se=spread.se, size=len(centred))


def top_minus_bottom(predictions: FloatArray) -> FloatArray:
    """Weights of the mean score of the top fifth minus that of the bottom fifth."""
    groups = group_weights(predictions, FIFTHS)
    weights: FloatArray = groups[:, -1] - groups[:, 0]
    return weights


@dataclass(frozen=True, kw_only=True, eq=False)
class Band:
    """A curve with a simultaneous 95 % band; arrays of shape (points,)."""

    estimate: FloatArray
    lower: FloatArray
    upper: FloatArray


def toc_band(folds: list[SequentialFold], seed: int) -> Band:
    """TOC at `TOC_FRACTIONS`, averaged over folds by size, with a band that holds at all fractions together.

    The variance at each fraction is that of `contrast`, clusters included. The critical value is the 95 % quantile of
    the largest of the correlated normal deviates. Without folds, NaN.
    """
    if not folds:
        unknown = np.full(len(TOC_FRACTIONS), np.nan)
        return Band(estimate=unknown, lower=unknown, upper=unknown)
    size = np.array([len(part.scores) for part in folds], dtype=float)
    share = size / size.sum()
    estimate = np.zeros(len(TOC_FRACTIONS))
    covariance = np.zeros((len(TOC_FRACTIONS), len(TOC_FRACTIONS)))
    for part, weight in zip(folds, share, strict=True):
        weights = np.column_stack([toc_weights(part.predictions, fraction) for fraction in TOC_FRACTIONS])
        estimate += weight * (part.scores @ weights)
        influence = sum_by_cluster(weights * (part.scores - part.scores.mean())[:, None], part.cluster)
        covariance += weight**2 * influence.T @ influence * len(influence) / max(len(influence) - 1, 1)
    half_width = simultaneous_critical_value(covariance, seed) * np.sqrt(np.diag(covariance))
    return Band(estimate=estimate, lower=estimate - half_width, upper=estimate + half_width)


def simultaneous_critical_value(covariance: FloatArray, seed: int, degrees: int | None = None) -> float:
    """Return the 95 % quantile of the largest absolute deviate of normals; points of variance 0 are left out.

    With `degrees` of freedom, of deviates whose common variance is estimated (multivariate t).
    """
    se = np.sqrt(np.diag(covariance))
    moving = se > 1e-12 * se.max() if len(se) else np.zeros(0, dtype=bool)
    if not moving.any():
        return NORMAL_975 if degrees is None else float(stdtrit(degrees, 0.975))
    correlation = covariance[np.ix_(moving, moving)] / np.outer(se[moving], se[moving])
    values, vectors = np.linalg.eigh(correlation)
    root = vectors * np.sqrt(np.clip(values, 0.0, None))
    rng = np.random.default_rng(seed)
    largest = np.abs(rng.standard_normal((_BAND_DRAWS, int(moving.sum()))) @ root.T).max(axis=1)
    if degrees is not None:
        largest /= np.sqrt(rng.chisquare(degrees, _BAND_DRAWS) / degrees)
    return float(np.quantile(largest, 0.95))


@dataclass(frozen=True, kw_only=True, eq=False)
class Fifth:
    """Patients of one fifth of predicted benefit."""

    n: int
    predicted: float
    effect: Contrast


def fifths(folds: list[SequentialFold]) -> list[Fifth]:
    """Mean prediction (centred) and mean score by fifth of the predictions within each fold, lowest first.

    Without folds there are no fifths.
    """
    if not folds:
        return []
    groups = [group_weights(part.predictions, FIFTHS) for part in folds]
    scores = np.concatenate([part.scores for part in folds])
    predictions = np.concatenate([part.predictions for part in folds])
    cluster = None if folds[0].cluster is None else np.concatenate([_known(part.cluster) for part in folds])
    found = []
    for fifth in range(FIFTHS):
        weights = np.concatenate([group[:, fifth] * len(group) for group in groups]) / len(scores)
        # Deviations from the fifth's own mean, so that a real difference between fifths does not widen the interval.
        mean = float(weights @ scores)
        effect = contrast(np.where(weights > 0, scores - mean, 0.0), weights, cluster)
        n = int(sum((group[:, fifth] > 0).sum() for group in groups))
        found.append(
            Fifth(n=n, predicted=float(weights @ predictions), effect=Contrast(estimate=mean, se=effect.se, size=n))
        )
    return found


def _known(cluster: IntArray | None) -> IntArray:
    if cluster is None:
        raise ValueError("clusters are given for all folds or for none")
    return cluster


def p_two_sided(z: float, degrees: int | None = None) -> float:
    """Two-sided p-value: normal, or that of t with so many degrees of freedom; NaN for a NaN z."""
    return float(2 * (norm.sf(abs(z)) if degrees is None else t.sf(abs(z), degrees)))
