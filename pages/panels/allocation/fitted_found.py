"""What an allocation from the fitted trial is computed once for, and kept for as long as its settings stay."""

from dataclasses import dataclass, replace

from ite.allocation.allocate import AllocationFrontier, allocate_as
from ite.allocation.budget_curve import BudgetCurve, budget_curve
from ite.allocation.spec import AllocationSpec
from pages.ui.analysed import Analysed
from pages.ui.once import once


@dataclass(frozen=True, kw_only=True)
class Found:
    """A frontier and a budget curve, and what they were computed for."""

    of: tuple[str, str, str]
    frontier: AllocationFrontier
    curve: BudgetCurve


def found_for(shown: Analysed, asked: AllocationSpec) -> Found:
    """Return the allocation asked for; another point of the same frontier needs no new computation."""
    whole = asked.of_most_benefit()
    of = (shown.trial.digest, shown.effects.spec.model_dump_json(), whole.model_dump_json())
    kept = once(
        "allocation-found",
        of,
        lambda: Found(
            of=of,
            frontier=allocate_as(shown.trial, shown.effects, whole),
            curve=budget_curve(shown.trial, shown.effects, whole),
        ),
    )
    return replace(kept, frontier=replace(kept.frontier, spec=asked))
