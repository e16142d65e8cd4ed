"""A patient-level simulation is the same on any number of workers, can be cancelled, and fills its tables."""

import numpy as np
import pandas as pd
import pytest

from ite.design.enrichment.patient_simulate import simulate_patients
from ite.errors import Cancelled, DesignError
from tests.design.enrichment.patients import design, level, one_subgroup

MANY_PATIENTS = {"patients": 3_000, "accrual": {"levels": (150,)}}


@pytest.mark.known_truth
def test_one_and_two_workers_give_the_same_numbers() -> None:
    chosen = level(**MANY_PATIENTS)
    one = simulate_patients(design(), chosen, 450, seed=3, workers=1)
    two = simulate_patients(design(), chosen, 450, seed=3, workers=2)
    pd.testing.assert_frame_equal(one.calendar, two.calendar, check_exact=True)
    pd.testing.assert_frame_equal(one.operating.populations, two.operating.populations, check_exact=True)
    pd.testing.assert_frame_equal(one.operating.summary, two.operating.summary, check_exact=True)
    other = simulate_patients(design(), chosen, 450, seed=4)
    assert not one.calendar.equals(other.calendar)


@pytest.mark.known_truth
def test_a_million_trials_can_be_cancelled_after_the_first_chunk() -> None:
    chunks: list[int] = []

    def stop(done: int, total: int, doing: str) -> None:
        assert doing == "simulated trials"
        chunks.append(total)
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        simulate_patients(design(), level(), 1_000_000, progress=stop)
    assert chunks == [1_000, 1_000]


@pytest.mark.known_truth
def test_the_calendar_is_that_of_the_assumptions() -> None:
    """Hazard 0.05 in everybody and no drop-out: everything has a closed form once recruitment is over."""
    scenario = one_subgroup(1, 1)
    chosen = level(patients=300, accrual={"levels": (1000,)}, control_hazards=({"levels": (0.05,)},))
    result = simulate_patients(design(scenario, selection={"rule": "all"}), chosen, 1_000, seed=5).calendar
    patients = np.arange(300)
    # The k-th of n exponential times is a sum of independent spacings 1 / (hazard (n - i)); entry adds its mean.
    entry = 150 / 1000
    for look, events in ((1, 100), (2, 200)):
        expected = entry + (1 / (0.05 * (300 - patients[:events]))).sum()
        found, error = result.loc[f"month_look_{look}"]
        assert found == pytest.approx(expected, abs=4 * error + 0.05)
        assert result.loc[f"reached_look_{look}", "estimate"] == 1
    assert result.loc["randomised", "estimate"] == result.loc["screened", "estimate"] == 300


@pytest.mark.known_truth
def test_enrichment_screens_more_patients_than_it_randomises() -> None:
    plan = design(one_subgroup(0.5, 1.2))
    result = simulate_patients(plan, level(), 500, seed=6)
    calendar = result.calendar["estimate"]
    assert calendar["screened"] > calendar["randomised"] + 50
    assert calendar["month_look_1"] < calendar["months"] < calendar["month_look_2"] + 1e-9
    assert result.operating.summary.loc["expected_size", "estimate"] <= 200


@pytest.mark.known_truth
@pytest.mark.parametrize(("trials", "nearest"), [(10, "100"), (2_000_000, "1,000,000")])
def test_sizes_out_of_bounds_are_refused(trials: int, nearest: str) -> None:
    with pytest.raises(DesignError, match=f"Use {nearest}"):
        simulate_patients(design(), level(), trials)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    "unknown",
    [{"benefit_delay_months": 3}, {"control_hazards": ({"levels": (0.03,)}, {"levels": (0.05,)})}],
    ids=["delay", "prognostic strata"],
)
def test_an_average_effect_that_is_not_known_is_not_shown(unknown: dict[str, object]) -> None:
    found = simulate_patients(design(), level(**unknown), 200, seed=8).operating
    assert found.populations["benefit"].isna().all()
    assert found.estimates["truth"].isna().all()
    assert found.populations["power"].notna().all()
    usual = simulate_patients(design(), level(), 200, seed=8).operating.populations["benefit"]
    assert usual["subgroup"] == pytest.approx(-np.log(0.6))
