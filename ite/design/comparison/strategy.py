"""Five ways to use the same patients and a marker, each written as a design of its own."""

from typing import Literal

import numpy as np

from ite.design.enrichment.outcome import MeansByStratum, RatesByStratum
from ite.design.enrichment.scenario import Population, Scenario
from ite.design.enrichment.selection import Selection
from ite.design.enrichment.spec import EnrichmentDesign
from ite.errors import DesignError

Strategy = Literal["all-comers", "stratified", "enriched", "adaptive enrichment", "marker strategy"]
STRATEGIES: dict[Strategy, str] = {
    "all-comers": "everybody is enrolled and one test is made, in everybody",
    "stratified": "everybody is enrolled to the end; full population and subgroups are tested together",
    "enriched": "only the subgroup is enrolled and tested",
    "adaptive enrichment": "starts in everybody and may narrow to the subgroup at a look",
    "marker strategy": "patients are randomised between treating by the marker and treating nobody",
}


def as_strategy(design: EnrichmentDesign, strategy: Strategy) -> EnrichmentDesign:
    """Return the design that uses the marker in this way, with the looks and sizes of `design`.

    Raises
    ------
    DesignError
        For "marker strategy" on event times, whose arms would mix hazards.
    """
    if strategy == "adaptive enrichment":
        return design
    update: dict[str, object] = {"reestimation": None}
    if strategy == "stratified":
        update |= {"selection": Selection(rule="all")}
    else:
        update |= {"scenario": _single(design.scenario, strategy), "selection": Selection(rule="all")}
    # A combination that fixes its own two looks stays; sizes and boundary are those of the adaptive design.
    return design.model_copy(update=update)


def subgroup_first(scenario: Scenario) -> Scenario:
    """Return the scenario with the strata of the last population first, so that it shares its luck with designs in it.

    The last population is the one that the enriched design enrols.
    """
    inside = scenario.populations[-1].strata
    order = [*inside, *(name for name in scenario.strata if name not in inside)]
    positions = [scenario.strata.index(name) for name in order]
    shares = tuple(scenario.shares[position] for position in positions)
    return scenario.model_copy(
        update={"strata": tuple(order), "shares": shares, "outcome": _permuted(scenario, positions)}
    )


def _single(scenario: Scenario, strategy: Strategy) -> Scenario:
    full = scenario.populations[0]
    if strategy == "all-comers":
        return scenario.model_copy(update={"populations": (full,)})
    if strategy == "enriched":
        return _only(scenario, scenario.populations[-1])
    if scenario.outcome.kind == "survival":
        raise DesignError(
            "A marker strategy is offered for means and rates; with event times its arms mix patients with different "
            "hazards. Leave it out, or compare survival rates at a time."
        )
    inside = np.isin(scenario.strata, scenario.populations[-1].strata)
    diluted = scenario.outcome.with_benefits(np.where(inside, scenario.outcome.benefits, 0.0))
    return scenario.model_copy(update={"populations": (full,), "outcome": diluted})


def _only(scenario: Scenario, population: Population) -> Scenario:
    positions = [scenario.strata.index(name) for name in population.strata]
    shares = np.array(scenario.shares)[positions]
    return Scenario(
        strata=population.strata,
        shares=tuple(shares / shares.sum()),
        populations=(population,),
        outcome=_permuted(scenario, positions),
        allocation_ratio=scenario.allocation_ratio,
        subgroup_sizes=scenario.subgroup_sizes,
    )


def _permuted(scenario: Scenario, positions: list[int]) -> object:
    outcome = scenario.outcome
    if isinstance(outcome, MeansByStratum):
        fields: tuple[str, ...] = ("effects", "sds")
    else:
        fields = ("control", "treatment") if isinstance(outcome, RatesByStratum) else ("hazard_ratios",)
    picked = {field: tuple(getattr(outcome, field)[position] for position in positions) for field in fields}
    return outcome.model_copy(update=picked)
