"""What is honestly known of enrolling the patients with the greatest predicted benefit, at each enrolled fraction.

Legend: f is the enrolled fraction; TOC(f) is the mean score of the top fraction minus the mean of all.
"""

from dataclasses import dataclass

import numpy as np

from ite.errors import DesignError
from ite.estimation.result import EffectEstimate
from ite.estimation.shrinkage import ROUNDING
from ite.evaluation.contrast import influence_covariance
from ite.evaluation.rank_weights import toc_weights
from ite.trial.data import BoolArray, FloatArray

#: Enrolled fractions of a curve, from few to everybody.
FRACTIONS = tuple(round(0.05 * step, 2) for step in range(1, 21))


@dataclass(frozen=True, kw_only=True, eq=False)
class FoldGain:
    """The gain in one fold of patients, ranked by a model that saw only the earlier folds.

    Attributes
    ----------
    gain : array, shape (fractions,)
        TOC(f) in the fold.
    variance, with_average : array, shape (fractions,)
        Its variance, and its covariance with the average effect of all patients.
    weight : float
        Share of the fold in the average over folds.
    average_before : float
        Mean score of the patients of the earlier folds.
    """

    gain: FloatArray
    variance: FloatArray
    with_average: FloatArray
    weight: float
    average_before: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Targeting:
    """Average effect, and the gain over it at each enrolled fraction, with their joint error.

    Attributes
    ----------
    fractions : array, shape (fractions,)
    average : float
        Mean score of all patients: the effect in all-comers.
    gain : array, shape (fractions,)
        TOC(f), averaged over the folds: the effect in the enrolled is `average` + `gain`. 0 where everybody is.
    covariance : array, shape (1 + fractions, 1 + fractions)
        Of the average (first) and of the gains.
    folds : tuple of FoldGain
        In the order in which their models were learned; empty where no model tells patients apart.
    patients : int
        Patients of `folds`: those who carry the evidence about the gain.
    """

    fractions: FloatArray
    average: float
    gain: FloatArray
    covariance: FloatArray
    folds: tuple[FoldGain, ...]
    patients: int

    @property
    def effect(self) -> FloatArray:
        """Return the effect in the enrolled at each fraction, shape (fractions,)."""
        return self.average + self.gain

    @property
    def effect_covariance(self) -> FloatArray:
        """Return the covariance of `effect`, shape (fractions, fractions)."""
        with_average = self.covariance[0, 1:]
        both = self.covariance[1:, 1:] + with_average[:, None] + with_average[None, :]
        return np.asarray(both + self.covariance[0, 0])


def targeting(effects: EffectEstimate, arm: str, fractions: tuple[float, ...] = FRACTIONS) -> Targeting:
    """Return what scores say of patients ranked by models that never saw them.

    Estimates  the effect in the top fraction by the models of earlier folds, averaged: the average performance of
               rules learned this way. A fold weighs in proportion to its size times the patients its model was
               fitted on, because a rule learned on more patients is nearer to the one that will be used.
    Assumes    given the earlier folds, the order of a fold and who is above its cut (the fold's own quantile of the
               predictions) depend on covariates alone, so that errors are uncorrelated between folds.
    Source     Wager 2024, arXiv:2405.05534 (sequential validation); Yadlowsky et al. 2025, J Am Stat Assoc 120:38-51.

    Raises
    ------
    DesignError
        For a fraction that is not above 0 and at most 1.
    """
    _require_fractions(fractions)
    scores, prediction = effects.scores[arm].to_numpy(float), effects.sequential[arm].to_numpy(float)
    centred = scores - scores.mean()
    influence = np.zeros((len(scores), 1 + len(fractions)))
    influence[:, 0] = centred / len(scores)
    folds, ranked = [], _ranked_folds(scores, prediction, effects)
    total = sum(float(inside.sum() * before.sum()) for inside, before in ranked)
    for inside, before in ranked:
        weights = np.column_stack([toc_weights(prediction[inside], fraction) for fraction in fractions])
        influence[inside, 1:] = weights * (scores[inside] - scores[inside].mean())[:, None]
        share = float(inside.sum() * before.sum()) / total
        squares = influence_covariance(influence[inside], None if effects.cluster is None else effects.cluster[inside])
        folds.append(
            FoldGain(
                gain=scores[inside] @ weights,
                variance=np.diag(squares)[1:],
                with_average=squares[0, 1:],
                weight=share,
                average_before=float(scores[before].mean()),
            )
        )
        influence[inside, 1:] *= share
    return Targeting(
        fractions=np.array(fractions),
        average=float(scores.mean()),
        gain=sum((fold.weight * fold.gain for fold in folds), start=np.zeros(len(fractions))),
        covariance=influence_covariance(influence, effects.cluster),
        folds=tuple(folds),
        patients=sum(int(inside.sum()) for inside, _ in ranked),
    )


def _require_fractions(fractions: tuple[float, ...]) -> None:
    for fraction in fractions:
        if not 0 < fraction <= 1:
            raise DesignError(
                f"An enrolled fraction lies above 0 and at most at 1, but {fraction:g} was given. The nearest that is "
                f"possible is {min(max(fraction, 0.05), 1.0):g}."
            )


def _ranked_folds(
    scores: FloatArray, prediction: FloatArray, effects: EffectEstimate
) -> list[tuple[BoolArray, BoolArray]]:
    """Return each fold whose model tells patients apart, with the patients of the folds before it."""
    rounding = ROUNDING * float(scores.std())
    found = []
    for fold in np.unique(effects.fold[np.isfinite(prediction)]):
        inside = effects.fold == fold
        if np.ptp(prediction[inside]) > rounding:
            found.append((inside, effects.fold < fold))
    return found
