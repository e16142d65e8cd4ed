"""Where the inputs of an enrichment design start: one usual design for each kind of outcome."""

from typing import Literal

from ite.design.enrichment.outcome import HazardsByStratum, MeansByStratum, RatesByStratum
from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.spec import EnrichmentDesign

Endpoint = Literal["mean", "rate", "survival"]
ENDPOINTS: dict[Endpoint, str] = {"mean": "Means", "rate": "Rates", "survival": "Event times"}
PREVALENCE = 0.4
STARTS: dict[Endpoint, EnrichmentDesign] = {
    "mean": EnrichmentDesign(
        scenario=Scenario.one_subgroup(PREVALENCE, MeansByStratum(effects=(0.4, 0.1), sds=(1.0, 1.0))),
        cumulative_sizes=(150.0, 300.0),
    ),
    "rate": EnrichmentDesign(
        scenario=Scenario.one_subgroup(PREVALENCE, RatesByStratum(control=(0.3, 0.3), treatment=(0.5, 0.35))),
        cumulative_sizes=(200.0, 400.0),
    ),
    "survival": EnrichmentDesign(
        scenario=Scenario.one_subgroup(PREVALENCE, HazardsByStratum(hazard_ratios=(0.6, 0.9))),
        cumulative_sizes=(100.0, 200.0),
    ),
}


MOST_STAGES = 5


def has_inputs(design: EnrichmentDesign) -> bool:
    """Say whether the inputs of the page can hold this design: one subgroup, and two to five stages."""
    scenario, usual = design.scenario, STARTS["mean"].scenario
    same = (scenario.strata, scenario.populations) == (usual.strata, usual.populations)
    return same and 2 <= design.stages <= MOST_STAGES
