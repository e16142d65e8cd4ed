"""Patients of a fitted trial to whom an allocation offers something, each by a rule that was learned without them."""

import numpy as np

from ite.allocation.fitted import held_out_folds
from ite.allocation.frontier import frontier
from ite.allocation.spec import AllocationSpec
from ite.estimation.result import EffectEstimate
from ite.trial.columns import BoolArray
from ite.trial.data import TrialData

#: Keeps these draws apart from those that made the folds with the same seed.
_LOTS = 1


def served(trial: TrialData, effects: EffectEstimate, spec: AllocationSpec) -> BoolArray:
    """Return who is offered something at the chosen point of the frontier, shape (patients,).

    Each fold is allocated by models of the earlier folds, with its part of the budget, so that the mean score of those
    served, with its standard error, is that of patients whom the rule never saw: predictions of models that saw later
    folds too would have been moved by their outcomes. Nobody of the first fold is served. Who is offered a part, at the
    margin of the budget or because nothing tells patients apart, is drawn with that chance, by the effects' seed.

    Raises
    ------
    AllocationError
        For a budget that cannot be.
    SubgroupError
        For a column that is not there.

    Source: Wager 2024, arXiv:2405.05534 (sequential validation).
    """
    inside = np.zeros(trial.n, dtype=bool)
    drawn = np.random.default_rng([effects.spec.seed, _LOTS]).random(trial.n)
    for fold in held_out_folds(trial, effects, spec):
        found = frontier(fold.candidates, fold.budget, spec.guarantee).allocations
        nearest = int(np.abs(np.linspace(0.0, 1.0, len(found)) - spec.position).argmin())
        inside[fold.inside] = drawn[fold.inside] < found[nearest].offers.sum(axis=1)
    return inside
