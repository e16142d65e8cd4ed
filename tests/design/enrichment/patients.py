"""Designs and patients that several tests start from."""

from ite.design.enrichment.outcome import HazardsByStratum
from ite.design.enrichment.patient_level import PatientLevel
from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.spec import EnrichmentDesign


def one_subgroup(
    subgroup: float = 0.6, complement: float = 0.9, prevalence: float = 0.4, **settings: object
) -> Scenario:
    """Return a subgroup and its complement with these hazard ratios; subgroup sizes are random."""
    outcome = HazardsByStratum(hazard_ratios=(subgroup, complement))
    return Scenario.one_subgroup(prevalence, outcome, subgroup_sizes="random", **settings)


def design(scenario: Scenario | None = None, **settings: object) -> EnrichmentDesign:
    """Return a design with looks at 100 and 200 events."""
    chosen = one_subgroup() if scenario is None else scenario
    return EnrichmentDesign.model_validate({"scenario": chosen, "cumulative_sizes": (100, 200), **settings})


def level(**settings: object) -> PatientLevel:
    """Return 600 patients, 30 a month, with a hazard of 0.03 a month."""
    plain = {"patients": 600, "accrual": {"levels": (30,)}, "control_hazards": ({"levels": (0.03,)},)}
    return PatientLevel.model_validate(plain | settings)
