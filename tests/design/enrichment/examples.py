"""Designs that several tests look at."""

from ite.design.enrichment.outcome import HazardsByStratum, MeansByStratum, RatesByStratum
from ite.design.enrichment.scenario import Population, Scenario
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.sequential.boundary import Boundary

MEANS = MeansByStratum(effects=(0.4, 0.1), sds=(1.0, 1.0))
RATES = RatesByStratum(control=(0.3, 0.3), treatment=(0.5, 0.35))
EVENTS = HazardsByStratum(hazard_ratios=(0.6, 0.9))
OUTCOMES = {"means": (MEANS, (150.0, 300.0)), "rates": (RATES, (200.0, 400.0)), "events": (EVENTS, (100.0, 200.0))}


def one_subgroup(outcome: str = "means", prevalence: float = 0.4, **settings: object) -> EnrichmentDesign:
    effects, sizes = OUTCOMES[outcome]
    return EnrichmentDesign(scenario=Scenario.one_subgroup(prevalence, effects), cumulative_sizes=sizes, **settings)


def two_overlapping(effects: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0), **settings: object) -> EnrichmentDesign:
    """Two markers, so four strata; three stages."""
    scenario = Scenario(
        strata=("both", "only A", "only B", "neither"),
        shares=(0.2, 0.3, 0.15, 0.35),
        populations=(
            Population(name="full", strata=("both", "only A", "only B", "neither")),
            Population(name="A", strata=("both", "only A")),
            Population(name="B", strata=("both", "only B")),
        ),
        outcome=MeansByStratum(effects=effects, sds=(1.0, 1.0, 1.0, 1.0)),
    )
    boundary = Boundary(family="lan_demets_obf", information_fractions=(0.4, 0.7, 1.0))
    plan = {"cumulative_sizes": (120.0, 210.0, 300.0), "boundary": boundary, **settings}
    return EnrichmentDesign(scenario=scenario, **plan)
