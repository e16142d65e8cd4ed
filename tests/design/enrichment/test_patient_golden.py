"""Two-stage trials followed patient by patient stay, for the same seed, the ones that were first published."""

import json
from pathlib import Path

import numpy as np
import pytest

from ite.design.enrichment.patient_cohort import Patients
from ite.design.enrichment.patient_trials import run_patient_trials
from ite.design.enrichment.reestimation import Reestimation
from tests.design.enrichment.patients import design, level, one_subgroup

STORED = Path(__file__).with_name("patient_golden.json")
TRIALS = 200
RESPONSE = {"control": (0.3, 0.4), "treatment": (0.5, 0.4)}
CASES = {
    "plain": (design(), level()),
    "futility and drop-out": (
        design(futility_p=0.4, intersection="spiessens_debois"),
        level(dropout_per_month=0.01, stratified=False, keep_enrolling="enrolment"),
    ),
    "delay, uncertain shares, calendar limit": (
        design(one_subgroup(prevalence_prior_patients=40), selection={"rule": "all"}, success="at_least_one"),
        level(benefit_delay_months=3, calendar_limit_months=24.0, accrual={"levels": (20, 40), "starts": (0, 6)}),
    ),
    "separate cohorts": (
        design(one_subgroup(0.5, 1.0), combination="fisher"),
        level(construction="separate_cohorts", stage1_follow_up_months=6, patients=900),
    ),
    "early response": (design(), level(construction="separate_cohorts", patients=900, early_response=RESPONSE)),
    "re-estimation, events of the subgroup": (
        design(
            one_subgroup(0.6, 0.9, 0.6),
            cumulative_sizes=(80, 160),
            reestimation=Reestimation(target_conditional_power=0.8, least=40, most=120),
        ),
        level(patients=900, events_counted_in="subgroup", control_hazards=({"levels": (0.04,)}, {"levels": (0.02,)})),
    ),
}


def figures(case: str) -> dict[str, list[float]]:
    """Return the sums of every array over the trials, and one trial in the middle."""
    plan, chosen = CASES[case]
    runs = run_patient_trials(Patients(chosen, plan.scenario), plan, TRIALS, np.random.default_rng(11))
    arrays = {**vars(runs.trials), **{name: value for name, value in vars(runs).items() if name != "trials"}}
    return {
        name: np.concatenate(
            [np.nansum(values, axis=-1, dtype=float).ravel(), np.asarray(values, dtype=float)[..., TRIALS // 2].ravel()]
        ).tolist()
        for name, values in arrays.items()
    }


@pytest.mark.golden
@pytest.mark.parametrize("case", CASES)
def test_two_stages_are_as_they_were(case: str) -> None:
    stored = json.loads(STORED.read_text("utf-8"))[case]
    found = figures(case)
    assert found.keys() == stored.keys()
    for name, values in found.items():
        np.testing.assert_allclose(values, np.array(stored[name], dtype=float), rtol=1e-12, err_msg=name)
