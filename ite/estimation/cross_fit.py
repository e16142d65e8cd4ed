"""Every learner is cross-fitted here: no patient's prediction comes from a model that saw the patient.

(One reservation: the transformed times of others rest on censoring models in which the patient took part. The
scores are orthogonal to those, and the tests built on them were measured: benchmarks/RESULTS.md.)
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.compute import Progress, run_chunks, spawn_seeds
from ite.estimation.folds import assign_folds
from ite.estimation.learners.protocol import TrainingFold
from ite.estimation.learners.registry import fit_logged
from ite.estimation.learners.selection import Selection
from ite.estimation.spec import Learner
from ite.trial.data import BoolArray, FloatArray, IntArray

#: A model is fitted only where each of the two arms has this many patients in training.
MINIMUM_ARM = 10


@dataclass(frozen=True, kw_only=True, eq=False)
class LearnerData:
    """What the learners of all contrasts see.

    Attributes
    ----------
    features : array, shape (patients, features)
    outcome : array, shape (patients,)
        Larger is better; NaN where missing.
    arm : array, shape (patients,)
        0 is control.
    probabilities : array, shape (patients, arms)
    cluster : array or None
    """

    features: FloatArray
    outcome: FloatArray
    arm: IntArray
    probabilities: FloatArray
    cluster: IntArray | None


@dataclass(frozen=True, kw_only=True, eq=False)
class CrossFitPlan:
    """Which learner, on which splits."""

    learner: Learner
    folds: int
    repeats: int
    seed: int
    workers: int
    progress: Progress


@dataclass(frozen=True, kw_only=True, eq=False)
class CrossFitted:
    """Held-out predictions, each centred by the mean prediction over its training fold.

    Attributes
    ----------
    ranking : array, shape (patients, treated arms)
        Mean over repeats; each from the other folds.
    sequential : array, shape (patients, treated arms)
        From the earlier folds only; NaN in the first fold, and where those were too few to fit.
    fold : array, shape (patients,)
        Folds of `sequential`.
    choices : DataFrame or None
        One row per fit and candidate where the learner chooses among others: arm (1 is the first treated one),
        sequential, fit, and the columns of `Selection`.
    """

    ranking: FloatArray
    sequential: FloatArray
    fold: IntArray
    choices: pd.DataFrame | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class _Chunk:
    """One model fit: picklable, so that it can run in a worker."""

    learner: Learner
    training: TrainingFold
    centre: FloatArray
    held_out: FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class _Fit:
    """One model fit and where its predictions belong."""

    arm: int
    training: BoolArray
    held_out: BoolArray
    sequential: bool
    seed: int


def n_chunks(folds: int, repeats: int, treated_arms: int) -> int:
    """Return the number of model fits that `cross_fit` makes at most."""
    return treated_arms * (folds * repeats + folds - 1)


def cross_fit(data: LearnerData, plan: CrossFitPlan) -> CrossFitted:
    """Predict every patient's effect of every treated arm, out of fold and out of sequential fold."""
    fold_seeds = spawn_seeds(plan.seed, plan.repeats)
    splits = [assign_folds(data.arm, plan.folds, seed, data.cluster) for seed in fold_seeds]
    fits = _fits(data, plan, splits)
    found = run_chunks(
        _fit_chunk,
        [_chunk(data, plan.learner, fit) for fit in fits],
        doing="Learning who benefits",
        workers=plan.workers,
        progress=plan.progress,
    )
    treated_arms = data.probabilities.shape[1] - 1
    total = np.zeros((len(data.arm), treated_arms))
    sequential = np.full((len(data.arm), treated_arms), np.nan)
    for fit, (prediction, _) in zip(fits, found, strict=True):
        if fit.sequential:
            sequential[fit.held_out, fit.arm - 1] = prediction
        else:
            total[fit.held_out, fit.arm - 1] += prediction
    choices = _choices(fits, [selection for _, selection in found])
    return CrossFitted(ranking=total / plan.repeats, sequential=sequential, fold=splits[0], choices=choices)


def _choices(fits: list[_Fit], selections: list[Selection | None]) -> pd.DataFrame | None:
    known = [
        selection.candidates.assign(arm=fit.arm, sequential=fit.sequential, fit=position)
        for position, (fit, selection) in enumerate(zip(fits, selections, strict=True))
        if selection is not None
    ]
    return pd.concat(known, ignore_index=True) if known else None


def _fits(data: LearnerData, plan: CrossFitPlan, splits: list[IntArray]) -> list[_Fit]:
    treated_arms = range(1, data.probabilities.shape[1])
    seeds = iter(spawn_seeds(plan.seed + 1, n_chunks(plan.folds, plan.repeats, len(treated_arms))))
    fits = []
    for arm in treated_arms:
        for split in splits:
            for held_out in range(plan.folds):
                mask = split == held_out
                fits.append(_Fit(arm=arm, training=~mask, held_out=mask, sequential=False, seed=next(seeds)))
        for held_out in range(1, plan.folds):
            earlier, mask = splits[0] < held_out, splits[0] == held_out
            fits.append(_Fit(arm=arm, training=earlier, held_out=mask, sequential=True, seed=next(seeds)))
    return [fit for fit in fits if not fit.sequential or _smallest_arm(data, fit) >= MINIMUM_ARM]


def _smallest_arm(data: LearnerData, fit: _Fit) -> int:
    seen = data.arm[fit.training & ~np.isnan(data.outcome)]
    return min(int(np.sum(seen == fit.arm)), int(np.sum(seen == 0)))


def _chunk(data: LearnerData, learner: Learner, fit: _Fit) -> _Chunk:
    two_arms = (data.arm == 0) | (data.arm == fit.arm)
    members = fit.training & two_arms & ~np.isnan(data.outcome)
    among_two = data.probabilities[members, fit.arm] + data.probabilities[members, 0]
    training = TrainingFold(
        features=data.features[members],
        outcome=data.outcome[members],
        treated=data.arm[members] == fit.arm,
        propensity=data.probabilities[members, fit.arm] / among_two,
        seed=fit.seed,
    )
    return _Chunk(
        learner=learner,
        training=training,
        centre=data.features[fit.training],
        held_out=data.features[fit.held_out],
    )


def _fit_chunk(chunk: _Chunk) -> tuple[FloatArray, Selection | None]:
    """Fit once; held-out predictions, centred by the mean prediction over the training fold, and what was chosen."""
    together = np.concatenate([chunk.centre, chunk.held_out])
    prediction, selection = fit_logged(chunk.learner, chunk.training, together)
    n_centre = len(chunk.centre)
    centred: FloatArray = prediction[n_centre:] - prediction[:n_centre].mean()
    return centred, selection
