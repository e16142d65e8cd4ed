"""Means of doubly robust scores inside and outside a group, with robust standard errors."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, t

from ite.trial.data import BoolArray, FloatArray, IntArray

_FEWEST_DF = 4.0


@dataclass(frozen=True, kw_only=True)
class MeanEffect:
    """An estimated mean of scores, or a difference of two.

    Attributes
    ----------
    n : int
        Patients behind it.
    estimate, se : float
        In the units of the scores.
    df : float
        Degrees of freedom of the standard error.
    """

    n: int
    estimate: float
    se: float
    df: float

    def interval(self, critical: float) -> tuple[float, float]:
        """Limits for a critical value stated on the normal scale."""
        half = float(small_sample_multiplier(critical, self.df)) * self.se
        return self.estimate - half, self.estimate + half

    @property
    def p_value(self) -> float:
        """Two-sided p-value of "the mean is 0"; only for a comparison declared before the data were seen."""
        return float(2 * t.sf(abs(self.estimate / self.se), self.df))


@dataclass(frozen=True, kw_only=True)
class SliceContrast:
    """Mean effect inside a slice, outside it, and the difference."""

    inside: MeanEffect
    outside: MeanEffect
    difference: MeanEffect


def small_sample_multiplier(critical: float, df: FloatArray | float) -> FloatArray:
    """Multiplier of the standard error that keeps, at `df` degrees of freedom, the normal tail beyond `critical`.

    The supremum of many Gaussian statistics knows nothing of the error in each standard error; small groups would be
    covered too rarely without this step. Below `_FEWEST_DF` the t distribution's far tail grows without bound and
    says nothing any more; the multiplier stops there, at several times the normal one.
    """
    return np.asarray(t.isf(norm.sf(critical), np.maximum(df, _FEWEST_DF)), dtype=float)


def kurtosis(scores: FloatArray) -> float:
    """Fourth standardised moment of the scores (3 for a normal); 3 where they do not vary."""
    centred = scores - scores.mean()
    variance = float(np.mean(centred**2))
    return 3.0 if variance == 0 else float(np.mean(centred**4)) / variance**2


def variance_df(n: FloatArray | float, tails: float) -> FloatArray:
    """Degrees of freedom of a variance of n scores with kurtosis `tails`: 2 / its squared coefficient of variation.

    Scores have heavy tails where few patients of the rarer arm carry large weights, and their variance is then known
    less well than n - 1 says.
    """
    return np.maximum(np.minimum(2 * np.asarray(n, dtype=float) / max(tails - 1, 1e-9), np.asarray(n) - 1.0), 1.0)


def contrast(scores: FloatArray, inside: BoolArray, tails: float, cluster: IntArray | None = None) -> SliceContrast:
    """Compare the mean score inside a group with the mean outside it.

    Estimates  mean effect of the patients inside, of those outside, and the difference.
    Assumes    membership does not depend on the outcomes; at least two patients (clusters) on each side.
    Source     unequal-variance comparison with Satterthwaite's degrees of freedom; with clusters, the sandwich over
               cluster totals with the factor C / (C - 1).
    """
    first = _influence(scores, inside)
    second = _influence(scores, ~inside)
    means = float(scores[inside].mean()), float(scores[~inside].mean())
    if cluster is None:
        sides = [
            _independent(mean, part, group, tails)
            for mean, part, group in zip(means, (first, second), (inside, ~inside), strict=True)
        ]
        variances = np.array([side.se**2 for side in sides])
        welch = variances.sum() ** 2 / max(float(np.sum(variances**2 / [side.df for side in sides])), 1e-300)
        gap = MeanEffect(n=len(scores), estimate=means[0] - means[1], se=float(np.sqrt(variances.sum())), df=welch)
    else:
        sides = [
            _clustered(mean, part, group, cluster)
            for mean, part, group in zip(means, (first, second), (inside, ~inside), strict=True)
        ]
        whole = _clustered(means[0] - means[1], first - second, np.ones_like(inside), cluster)
        gap = MeanEffect(n=whole.n, estimate=whole.estimate, se=whole.se, df=min(side.df for side in sides))
    return SliceContrast(inside=sides[0], outside=sides[1], difference=gap)


def mean_effect(scores: FloatArray, tails: float, cluster: IntArray | None = None) -> MeanEffect:
    """Mean of the scores of one group, robust standard error; at least two patients (clusters)."""
    everyone = np.ones(len(scores), dtype=bool)
    part = _influence(scores, everyone)
    if cluster is None:
        return _independent(float(scores.mean()), part, everyone, tails)
    return _clustered(float(scores.mean()), part, everyone, cluster)


def _influence(scores: FloatArray, group: BoolArray) -> FloatArray:
    size = int(group.sum())
    return np.where(group, scores - scores[group].mean(), 0.0) / size


def _independent(mean: float, influence: FloatArray, group: BoolArray, tails: float) -> MeanEffect:
    n = int(group.sum())
    se = float(np.sqrt(np.sum(influence**2) * n / (n - 1)))
    return MeanEffect(n=n, estimate=mean, se=se, df=float(variance_df(n, tails)))


def _clustered(mean: float, influence: FloatArray, group: BoolArray, cluster: IntArray) -> MeanEffect:
    _, code = np.unique(cluster, return_inverse=True)
    totals = np.bincount(code, weights=influence)
    clusters = len(np.unique(code[group]))
    se = float(np.sqrt(np.sum(totals**2) * clusters / (clusters - 1)))
    return MeanEffect(n=int(group.sum()), estimate=mean, se=se, df=clusters - 1.0)
