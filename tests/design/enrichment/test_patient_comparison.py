"""A design at both levels: the same figures where both apply, and progress counted in trials."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from ite.design.enrichment.outcome import HazardsByStratum
from ite.design.enrichment.patient_comparison import follow_patients
from ite.design.enrichment.patient_simulate import simulate_patients
from ite.design.enrichment.scenario import Population, Scenario
from ite.design.sequential.boundary import Boundary
from tests.design.enrichment.patients import design, level, one_subgroup

#: Few of many patients have events: here Schoenfeld's formula holds.
MANY = level(patients=1500, accrual={"levels": (300,)}, control_hazards=({"levels": (0.01,)},))


@pytest.mark.independent
def test_both_levels_agree_where_both_apply() -> None:
    found = follow_patients(design(one_subgroup(0.65, 0.85)), MANY, 3_000, seed=2)
    one, other = found.patients.operating.populations, found.statistics.populations
    allowed = 4 * np.hypot(one["power_se"], other["power_se"]) + 0.01
    assert ((one["power"] - other["power"]).abs() <= allowed).all()
    assert found.statistics.trials == found.patients.operating.trials == 3_000
    assert found.statistics.design.scenario.subgroup_sizes == "random"


@pytest.mark.known_truth
def test_a_delayed_benefit_is_seen_by_the_patients_only() -> None:
    late = level(benefit_delay_months=6)
    found = follow_patients(design(one_subgroup(0.6, 0.6)), late, 1_000, seed=2)
    power = [each.summary.loc["any", "estimate"] for each in (found.patients.operating, found.statistics)]
    assert power[0] < power[1] - 0.1


@pytest.mark.known_truth
def test_progress_counts_trials_and_the_patients_are_those_of_the_engine() -> None:
    told: list[tuple[int, int, str]] = []
    found = follow_patients(design(), level(), 2_500, seed=3, progress=lambda *report: told.append(report))
    assert told[0] == (0, 2_500, "simulated trials")
    assert told[-1] == (2_500, 2_500, "simulated trials")
    alone = simulate_patients(design(), level(), 2_500, seed=3)
    pd.testing.assert_frame_equal(found.patients.calendar, alone.calendar, check_exact=True)


@pytest.mark.known_truth
@pytest.mark.parametrize("ratio", [0.2, 5.0])
def test_unequal_arms_have_another_power_than_by_their_statistics(ratio: float) -> None:
    """Few of many patients have events, so each event is a coin: of a treated patient with chance k HR / (1 + k HR)."""
    hazard_ratio, events = 0.6, 100
    everybody = Scenario(
        strata=("all",),
        shares=(1.0,),
        populations=(Population(name="full", strata=("all",)),),
        outcome=HazardsByStratum(hazard_ratios=(hazard_ratio,)),
        allocation_ratio=ratio,
    )
    plan = design(everybody, cumulative_sizes=(events,), boundary=Boundary(information_fractions=(1.0,)))
    many = level(patients=3_000, accrual={"levels": (3_000,)}, control_hazards=({"levels": (0.001,)},), block_size=6)
    found = follow_patients(plan, many, 2_000, seed=9)
    treated, none = (ratio * each / (1 + ratio * each) for each in (hazard_ratio, 1.0))
    mean = np.sqrt(events / (none * (1 - none))) * (none - treated)
    spread = np.sqrt(treated * (1 - treated) / (none * (1 - none)))
    power = norm.cdf((mean - norm.isf(0.025)) / spread)
    patients, statistics = (each.summary.loc["any"] for each in (found.patients.operating, found.statistics))
    # A score is a number of events: half of one more or less is what the normal leaves out.
    assert patients["estimate"] == pytest.approx(power, abs=4 * patients["standard_error"] + 0.02)
    assert abs(statistics["estimate"] - patients["estimate"]) > 0.07
