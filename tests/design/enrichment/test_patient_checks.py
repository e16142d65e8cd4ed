"""What cannot be followed patient by patient is refused in a sentence that names what can."""

import numpy as np
import pytest

from ite.design.enrichment.outcome import HazardsByStratum
from ite.design.enrichment.patient_checks import check_patient_design, check_reachable
from ite.design.enrichment.patient_cohort import Patients
from ite.design.enrichment.patient_level import EarlyResponse, PatientLevel
from ite.design.enrichment.reestimation import Reestimation
from ite.design.enrichment.scenario import Population, Scenario
from ite.design.enrichment.selection import Selection
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.sequential.boundary import Boundary
from ite.errors import DesignError
from tests.design.enrichment.patients import design, level

RESPONSE = EarlyResponse(control=(0.3, 0.3), treatment=(0.4, 0.4))
BY_RESPONSE = level(early_response=RESPONSE, construction="separate_cohorts")


@pytest.mark.known_truth
def test_increments_go_with_nothing_but_the_log_rank_test() -> None:
    with pytest.raises(DesignError, match="Use separate cohorts"):
        level(early_response=RESPONSE)
    assert level(early_response=RESPONSE, show_error=True).construction == "independent_increments"
    with pytest.raises(DesignError, match="belongs to separate cohorts"):
        level(stage1_follow_up_months=3)


@pytest.mark.known_truth
def test_a_rate_of_0_is_refused() -> None:
    with pytest.raises(DesignError, match="0 was given"):
        level(accrual={"levels": (20, 0), "starts": (0, 12)})


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("plan", "patients", "message"),
    [
        (
            design(cumulative_sizes=(50, 100, 150), boundary=Boundary(information_fractions=(0.3, 0.6, 1))),
            level(construction="separate_cohorts", patients=900),
            "separate cohorts has two stages",
        ),
        (
            design(reestimation=Reestimation(target_conditional_power=0.8, least=50, most=200)),
            BY_RESPONSE,
            "Re-estimating",
        ),
        (design(selection=Selection(rule="epsilon", epsilon=0.1)), BY_RESPONSE, "'best', 'r_best' or 'all'"),
        (design(selection=Selection(threshold=0.9)), BY_RESPONSE, "threshold 0.9"),
        (
            design(),
            level(early_response=EarlyResponse(control=(0.3,), treatment=(0.4, 0.4)), construction="separate_cohorts"),
            "1 and 2 were given",
        ),
    ],
    ids=["three looks", "re-estimation", "epsilon", "threshold", "rates"],
)
def test_pieces_that_do_not_fit(plan: EnrichmentDesign, patients: PatientLevel, message: str) -> None:
    with pytest.raises(DesignError, match=message):
        check_patient_design(plan, patients)


@pytest.mark.known_truth
def test_spiessens_debois_takes_one_subgroup() -> None:
    names = ("one", "two", "three")
    populations = (
        Population(name="full", strata=names),
        *(Population(name=name, strata=(name,)) for name in names[:2]),
    )
    outcome = HazardsByStratum(hazard_ratios=(1, 1, 1))
    scenario = Scenario(strata=names, shares=(0.5, 0.3, 0.2), populations=populations, outcome=outcome)
    with pytest.raises(DesignError, match="one subgroup"):
        check_patient_design(design(scenario, intersection="spiessens_debois"), level())


@pytest.mark.known_truth
@pytest.mark.parametrize("settings", [{"patients": 190}, {"calendar_limit_months": 20.0}, {"dropout_per_month": 0.2}])
def test_events_out_of_reach_are_refused_with_a_number_within_reach(settings: dict[str, float]) -> None:
    plan = design()
    chosen = level(**settings)
    with pytest.raises(DesignError, match=r"Plan at most \d+ events") as refused:
        check_reachable(plan, Patients(chosen, plan.scenario), seed=1)
    feasible = int(str(refused.value).split("Plan at most ")[1].split(" ")[0])
    first = min(100.0, feasible / 2) if "Look 1" in str(refused.value) else 100.0
    nearer = design(cumulative_sizes=(first, float(feasible)))
    check_reachable(nearer, Patients(chosen, plan.scenario), seed=np.random.default_rng(2).integers(1000))
