"""What to know before trusting a design's figures: few patients, unequal arms, sizes that are left to chance."""

import numpy as np

from ite.design.enrichment.spec import EnrichmentDesign

#: Patients (or events) of an arm in the smallest population below which a look rests on a handful.
_FEW = 10


def cautions(design: EnrichmentDesign) -> tuple[str, ...]:
    """Return what a reader must know before trusting the figures of a design; empty where nothing is stretched."""
    scenario = design.scenario
    said = []
    shares = scenario.outcome.size_shares(scenario.share_array, scenario.allocation_ratio)
    within = scenario.membership.astype(float) @ shares * design.cumulative_sizes[0]
    smaller_arm = min(1.0, scenario.allocation_ratio) / (1 + scenario.allocation_ratio)
    smallest = int(np.argmin(within))
    what = "events" if scenario.outcome.kind == "survival" else "patients"
    if within[smallest] * smaller_arm < _FEW:
        said.append(
            f"About {within[smallest]:.0f} {what} of the {scenario.populations[smallest].name} decide at the first "
            "look. Make the first stage larger, or the population wider."
        )
    if scenario.random_sizes:
        said.append(
            "The size of the subgroup differs from trial to trial, and a test of the full population is about the "
            "patients who came, not about the population: where benefit in the subgroup and harm outside it cancel "
            "out, it rejects more often than its level, and no figure here counts that as an error."
        )
    if scenario.outcome.kind != "mean" and scenario.allocation_ratio != 1:
        said.append(_unequal_arms(scenario.outcome.kind, scenario.allocation_ratio))
    return tuple(said)


def _unequal_arms(kind: str, ratio: float) -> str:
    """Say that small unequal arms reject too often, and where that shows: events are drawn by a formula here."""
    said = f"With {ratio:g} treated patients for each control, tests of rates and event times can reject more often "
    if kind == "rate":
        return f"{said}than their level. Measure the type-I error below, or allocate equally."
    return (
        f"{said}than their level, and power is another than that of Schoenfeld's formula. The figures here and the "
        "type-I error below rest on it and show neither: follow the patients one by one, or allocate equally."
    )
