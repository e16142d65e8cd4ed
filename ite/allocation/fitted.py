"""The patients of a trial as candidates, with the benefit that models predict who never saw them."""

from dataclasses import dataclass

import numpy as np

from ite.allocation.candidates import Candidates
from ite.allocation.spec import AllocationSpec
from ite.estimation.result import EffectEstimate
from ite.trial.data import BoolArray, FloatArray, TrialData
from ite.trial.groups import Groups, groups_of


@dataclass(frozen=True, kw_only=True, eq=False)
class HeldOut:
    """Candidates of one fold, ranked by a model of the earlier folds, with the scores that judge what they get.

    Attributes
    ----------
    candidates : Candidates
    inside : array of bool, shape (patients of the trial,)
        Who they are.
    scores : array, shape (rows, options)
    budget : float
        The fold's part of the whole budget.
    weight : float
        Share of the fold in an average over folds.
    """

    candidates: Candidates
    inside: BoolArray
    scores: FloatArray
    budget: float
    weight: float


def patients_as_candidates(trial: TrialData, effects: EffectEstimate, spec: AllocationSpec) -> Candidates:
    """Return all patients with their out-of-fold predictions, unshrunk: they set the order."""
    arms = list(spec.arms)
    benefit = effects.ate.loc[arms, "estimate"].to_numpy(float) + effects.ranking[arms].to_numpy(float)
    return _candidates(spec, benefit, groups_of(trial, spec.equity))


def held_out_folds(trial: TrialData, effects: EffectEstimate, spec: AllocationSpec) -> tuple[HeldOut, ...]:
    """Return the folds whose patients are ranked by models of the earlier folds, in order.

    A fold weighs in proportion to its size times the patients its model was fitted on, as in the curve over the
    enrolled fraction: a rule learned on more patients is nearer to the one that will be used.
    """
    groups = groups_of(trial, spec.equity)
    predicted, scores = (frame[list(spec.arms)].to_numpy(float) for frame in (effects.sequential, effects.scores))
    found = []
    for fold in np.unique(effects.fold[np.isfinite(predicted).all(axis=1)]):
        inside, before = effects.fold == fold, effects.fold < fold
        level = scores[before].mean(axis=0)
        own = Groups(of=groups.of[inside], names=groups.names)
        found.append((inside, float(inside.sum() * before.sum()), _candidates(spec, level + predicted[inside], own)))
    total = sum(weight for _, weight, _ in found)
    return tuple(
        HeldOut(
            candidates=candidates,
            inside=inside,
            scores=scores[inside],
            budget=spec.total(trial.n) * int(inside.sum()) / trial.n,
            weight=weight / total,
        )
        for inside, weight, candidates in found
    )


def _candidates(spec: AllocationSpec, benefit: FloatArray, groups: Groups) -> Candidates:
    price = np.ones(len(spec.arms)) if spec.budget_unit != "money" or spec.costs is None else np.array(spec.costs)
    return Candidates(
        benefit=benefit,
        cost=np.broadcast_to(price, benefit.shape).copy(),
        size=np.ones(len(benefit)),
        group=groups.of,
        groups=groups.names,
        options=spec.arms,
        least_benefit=spec.least_benefit,
    )
