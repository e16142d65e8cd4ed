"""The inputs of an adaptive enrichment design, in four groups: population, effects, rule, limits."""

import streamlit as st

from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.spec import EnrichmentDesign
from ite.report.enrichment_file import EnrichmentFile
from pages.panels.design import enrichment_limits as limits
from pages.panels.design import enrichment_population as population
from pages.panels.design import enrichment_rule as rule
from pages.panels.design.enrichment_boundary import boundary
from pages.panels.design.enrichment_effects import effects
from pages.panels.design.enrichment_field import choice, number, opened
from pages.panels.design.enrichment_start import ENDPOINTS, STARTS
from pages.ui.inputs import LARGEST_SEED

_GROUPS, _OPEN = ("Population", "Effects", "Rule", "Limits"), {"Population", "Effects"}


def ask() -> EnrichmentFile:
    """Draw all inputs and return the design as asked.

    Raises
    ------
    DesignError
        Where the settings do not fit each other; all inputs are drawn by then.
    """
    start = opened()
    kind = choice("Outcome", "endpoint", start.design.scenario.outcome.kind, ENDPOINTS)
    base = start.design if kind == start.design.scenario.outcome.kind else STARTS[kind]
    return _Inputs(start, base).read()


class _Inputs:
    """Reads the four groups; all are drawn before any is judged, so that what does not fit hides no input."""

    def __init__(self, start: EnrichmentFile, base: EnrichmentDesign) -> None:
        self._start, self._base = start, base
        self._groups = {name: st.expander(name, expanded=name in _OPEN) for name in _GROUPS}

    def read(self) -> EnrichmentFile:
        base, scenario = self._base, self._base.scenario
        with self._groups["Population"]:
            share = population.prevalence(scenario)
            shares = population.sizes(scenario)
            assay = population.assay(self._start.assay)
        with self._groups["Limits"]:
            sizes = limits.cumulative_sizes(base)
            ratio = number(
                "Treated per control patient", "ratio", scenario.allocation_ratio, (0.1, 10.0, 0.5), "1 is equal arms."
            )
            seed = int(number("Seed", "seed", float(self._start.seed), (0.0, float(LARGEST_SEED), 1.0)))
            success = limits.success(base.success)
            futility = limits.futility_p(base.futility_p)
        with self._groups["Rule"]:
            intersection, combination = rule.intersection(base.intersection), rule.combination(base.combination)
            selection = rule.selection(base.selection, scenario.outcome)
        with self._groups["Effects"]:
            outcome = effects(scenario.outcome)
        with self._groups["Limits"]:
            limit, reestimation = boundary(base, sizes), limits.reestimation(base, sizes)
        design = EnrichmentDesign(
            scenario=Scenario.one_subgroup(share, outcome, allocation_ratio=ratio, **shares),
            cumulative_sizes=sizes,
            boundary=limit(),
            combination=combination,
            intersection=intersection,
            selection=selection(),
            futility_p=futility,
            success=success,
            reestimation=reestimation(),
        )
        return EnrichmentFile(design=design, assay=assay, trials=self._start.trials, seed=seed)
