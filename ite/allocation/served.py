"""Which patients of a fitted trial an allocation offers something to."""

import numpy as np

from ite.allocation.fitted import patients_as_candidates
from ite.allocation.frontier import frontier
from ite.allocation.spec import AllocationSpec
from ite.estimation.result import EffectEstimate
from ite.trial.columns import BoolArray
from ite.trial.data import TrialData


def served(trial: TrialData, effects: EffectEstimate, spec: AllocationSpec) -> BoolArray:
    """Return who is offered something at the chosen point of the frontier, shape (patients,).

    Patients are ordered by predictions of models that did not see them. Of those at the margin of the budget, who are
    offered a part, the ones with at least half are counted in.

    Raises
    ------
    AllocationError
        For a column that is not there, or a budget that cannot be.
    """
    candidates = patients_as_candidates(trial, effects, spec)
    found = frontier(candidates, spec.total(trial.n), spec.guarantee).allocations
    nearest = int(np.abs(np.linspace(0.0, 1.0, len(found)) - spec.position).argmin())
    return np.asarray(found[nearest].offers.sum(axis=1) >= 0.5, dtype=bool)
