"""Patients followed one by one give what the distribution of the statistics says, and show what it cannot."""

import numpy as np
import pytest

from ite.design.enrichment.engine import run_trials
from ite.design.enrichment.outcome import HazardsByStratum
from ite.design.enrichment.patient_cohort import Patients
from ite.design.enrichment.patient_level import PatientLevel
from ite.design.enrichment.patient_trials import run_patient_trials
from ite.design.enrichment.scenario import Population, Scenario
from ite.design.enrichment.selection import Selection
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.enrichment.trials import Trials
from ite.design.sequential.boundary import Boundary
from tests.design.enrichment.patients import design, level, one_subgroup

TRIALS = 4_000


def simulated(chosen: PatientLevel, plan: EnrichmentDesign, seed: int = 7) -> Trials:
    patients = Patients(chosen, plan.scenario)
    return run_patient_trials(patients, plan, TRIALS, np.random.default_rng(seed)).trials


def assert_agree(one: Trials, other: Trials) -> None:
    """Compare rejections by look, selection and stopping, each within 4 standard errors of the difference."""
    pairs = [
        (one.rejected[population] == look, other.rejected[population] == look)
        for population in range(len(one.rejected))
        for look in (1, 2)
    ]
    pairs += [*zip(one.studied[1], other.studied[1], strict=True), (one.futile, other.futile)]
    for mine, theirs in pairs:
        share = theirs.mean()
        allowed = 4 * np.sqrt(share * (1 - share) * (1 / len(mine) + 1 / len(theirs)))
        # Log-rank statistics of a few hundred events are normal only nearly: a hundredth is allowed for that.
        assert mine.mean() == pytest.approx(share, abs=allowed + 0.01)


@pytest.mark.independent
@pytest.mark.parametrize(
    "settings",
    [
        {"intersection": "simes"},
        {"intersection": "spiessens_debois", "selection": Selection(rule="all")},
        {"intersection": "bonferroni", "boundary": Boundary(family="pocock"), "futility_p": 0.5},
        {"combination": "fisher", "selection": Selection(rule="epsilon", epsilon=0.1)},
    ],
    ids=["best", "all", "futility", "fisher"],
)
def test_agrees_with_the_engine_of_statistics(settings: dict[str, object]) -> None:
    # Few of many patients have events, so that the risk sets stay balanced as Schoenfeld's formula assumes.
    plan = design(one_subgroup(0.65, 0.85), cumulative_sizes=(120, 240), **settings)
    chosen = level(patients=1500, accrual={"levels": (300,)}, control_hazards=({"levels": (0.01,)},))
    assert_agree(simulated(chosen, plan), run_trials(plan, 100_000, np.random.default_rng(8)))


def three_subgroups_without_effect(events: tuple[int, int]) -> EnrichmentDesign:
    names = ("one", "two", "three")
    populations = [Population(name="full", strata=names), *(Population(name=name, strata=(name,)) for name in names)]
    scenario = Scenario(
        strata=names,
        shares=(1 / 3, 1 / 3, 1 / 3),
        populations=tuple(populations),
        outcome=HazardsByStratum(hazard_ratios=(1, 1, 1)),
        subgroup_sizes="random",
    )
    boundary = Boundary(information_fractions=(events[0] / events[1], 1))
    return EnrichmentDesign(scenario=scenario, cumulative_sizes=events, boundary=boundary)


def error_of_selecting_by_response(construction: str, patients: int, dependence: float = 1.0) -> tuple[float, float]:
    """Return the family-wise error with its standard error; nothing has any effect."""
    response = {"control": (0.6,) * 3, "treatment": (0.6,) * 3, "after_months": 1.0, "dependence": dependence}
    chosen = level(
        patients=patients,
        accrual={"levels": (300,)},
        control_hazards=({"levels": (0.01,)},),
        early_response=response,
        construction=construction,
        show_error=construction == "independent_increments",
    )
    wrong = (simulated(chosen, three_subgroups_without_effect((10, 90))).rejected > 0).any(axis=0)
    return float(wrong.mean()), float(np.sqrt(0.025 * 0.975 / TRIALS))


@pytest.mark.known_truth
def test_selecting_by_response_inflates_the_error_of_increments_and_separate_cohorts_keep_the_level() -> None:
    increments, error = error_of_selecting_by_response("independent_increments", 600)
    assert increments > 0.025 + 3 * error
    separate, error = error_of_selecting_by_response("separate_cohorts", 1000)
    assert separate < 0.025 + 3 * error


@pytest.mark.known_truth
def test_a_response_that_foretells_nothing_does_no_harm() -> None:
    increments, error = error_of_selecting_by_response("independent_increments", 600, dependence=0.0)
    assert increments < 0.025 + 3 * error


@pytest.mark.known_truth
@pytest.mark.parametrize("intersection", ["simes", "spiessens_debois"])
def test_the_log_rank_test_keeps_the_level_with_delay_drop_out_and_uncertain_shares(intersection: str) -> None:
    plan = design(one_subgroup(1, 1, prevalence_prior_patients=40), intersection=intersection)
    chosen = level(dropout_per_month=0.01, benefit_delay_months=4)
    wrong = (simulated(chosen, plan).rejected > 0).any(axis=0).mean()
    assert wrong < 0.025 + 3 * np.sqrt(0.025 * 0.975 / TRIALS)


@pytest.mark.known_truth
def test_a_delayed_benefit_costs_power() -> None:
    plan = design(one_subgroup(0.6, 0.6))
    power = [(simulated(level(benefit_delay_months=delay), plan).rejected > 0).any(axis=0).mean() for delay in (0, 6)]
    assert power[0] > power[1] + 0.1


@pytest.mark.known_truth
def test_a_trial_that_has_ended_is_followed_no_further() -> None:
    plan = design(one_subgroup(0.4, 0.4), futility_p=0.2)
    runs = run_patient_trials(Patients(level(), plan.scenario), plan, 300, np.random.default_rng(9))
    stopped = runs.trials.ended == 1
    assert 0 < stopped.sum() < 300
    assert np.isnan(runs.months[1, stopped]).all()
    assert (runs.trials.sizes[1][:, stopped] == 0).all()
    np.testing.assert_array_equal(runs.duration[stopped], runs.months[0, stopped])
    np.testing.assert_array_equal(runs.screened[stopped], runs.randomised[stopped])
    assert (runs.duration[~stopped] == runs.months[1, ~stopped]).all()
    assert (runs.randomised <= 600).all()
