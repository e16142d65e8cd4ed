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
        for look in range(1, len(one.studied) + 1)
    ]
    pairs += [
        (mine, theirs)
        for stage in range(1, len(one.studied))
        for mine, theirs in zip(one.studied[stage], other.studied[stage], strict=True)
    ]
    pairs += [(one.futile, other.futile), *((one.ended == stage, other.ended == stage) for stage in (1, 2, 3))]
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


#: Looks at even numbers of events.
def looks(number: int, events: int = 240) -> dict[str, object]:
    sizes = tuple(float(events * look // number) for look in range(1, number + 1))
    return {"cumulative_sizes": sizes, "boundary": Boundary(information_fractions=tuple(x / events for x in sizes))}


@pytest.mark.independent
@pytest.mark.parametrize(
    ("number", "ratios", "settings"),
    [
        (1, (0.65, 0.85), {}),
        (3, (0.65, 0.85), {"success": "at_least_one"}),
        (3, (1.0, 1.0), {}),
        (3, (0.65, 0.85), {"intersection": "spiessens_debois", "selection": Selection(rule="epsilon", epsilon=0.1)}),
        (4, (0.8, 1.0), {"selection": Selection(rule="all", threshold=1.1), "futility_p": 0.6}),
    ],
    ids=["one look", "best of three", "best of three, null", "close ones of three", "four with futility"],
)
def test_other_numbers_of_looks_agree_with_the_engine_of_statistics(
    number: int, ratios: tuple[float, float], settings: dict[str, object]
) -> None:
    plan = design(one_subgroup(*ratios), **looks(number), **settings)
    chosen = level(patients=1500, accrual={"levels": (300,)}, control_hazards=({"levels": (0.01,)},))
    assert_agree(simulated(chosen, plan), run_trials(plan, 100_000, np.random.default_rng(8)))


@pytest.mark.known_truth
def test_three_looks_keep_the_level() -> None:
    plan = design(one_subgroup(1, 1), selection=Selection(rule="epsilon", epsilon=0.05), **looks(3, 210))
    wrong = (simulated(level(dropout_per_month=0.005), plan).rejected > 0).any(axis=0).mean()
    assert 0 < wrong < 0.025 + 3 * np.sqrt(0.025 * 0.975 / TRIALS)


@pytest.mark.known_truth
def test_a_trial_that_ends_at_the_second_of_three_looks_is_followed_no_further() -> None:
    plan = design(one_subgroup(0.6, 1.0), futility_p=0.3, **looks(3, 180))
    runs = run_patient_trials(Patients(level(), plan.scenario), plan, 600, np.random.default_rng(9))
    for stage in (1, 2):
        ended = runs.trials.ended == stage
        assert ended.any()
        assert np.isnan(runs.months[stage:, ended]).all()
        assert (runs.trials.sizes[stage:, :, ended] == 0).all()
        assert not runs.trials.studied[stage:, :, ended].any()
        np.testing.assert_array_equal(runs.duration[ended], runs.months[stage - 1, ended])
    whole = runs.trials.ended == 3
    assert (np.diff(runs.months[:, whole], axis=0) > 0).all()
    narrowed = whole & ~runs.trials.studied[1, 0]
    assert (runs.screened[narrowed] > runs.randomised[narrowed]).all()
    counted = runs.trials.sizes.sum(axis=1)
    assert (counted[0] == 60).all()
    assert (counted[1:, whole] == 60).all()


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
