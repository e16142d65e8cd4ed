"""Both constructions of stage 2 use the patients they should."""

import numpy as np
import pytest

from ite.design.enrichment.patient_cohort import Cohort, Patients
from ite.design.enrichment.patient_level import PatientLevel
from ite.design.enrichment.patient_log_rank import LogRank, in_risk_order, log_rank, stratified
from ite.design.enrichment.patient_luck import Luck, draw_luck
from ite.design.enrichment.patient_stages import Stage, first_stage, next_stage
from tests.design.enrichment.patients import level, one_subgroup

TRIALS = 20
SUBGROUP_ONLY = np.tile([[False], [True]], TRIALS)
BOTH = np.ones((2, TRIALS), dtype=bool)


def two_stages(chosen: PatientLevel, continued: np.ndarray) -> tuple[Patients, Luck, Stage, Stage]:
    patients = Patients(chosen, one_subgroup())
    luck = draw_luck(chosen, patients.scenario, TRIALS, np.random.default_rng(6))
    interim = first_stage(patients, luck, 80)
    return patients, luck, interim, next_stage(patients, luck, interim, continued, np.full(TRIALS, 90))


def plain_tests(patients: Patients, cohort: Cohort, month: np.ndarray, who: np.ndarray) -> LogRank:
    """Test the chosen patients at a month, in one plain step."""
    available = np.maximum(month[:, None] - cohort.entry, 0.0) * who
    event = cohort.event & (cohort.ends <= month[:, None]) & who
    order = in_risk_order(np.minimum(available, cohort.months * who), event, cohort.treated, cohort.stratum)
    return stratified(log_rank(order, np.eye(2, dtype=bool)), patients.scenario.membership)


@pytest.mark.known_truth
@pytest.mark.parametrize("continued", [BOTH, SUBGROUP_ONLY], ids=["both", "subgroup"])
def test_looks_have_their_events(continued: np.ndarray) -> None:
    _, _, interim, final = two_stages(level(), continued)
    going = 0 if continued[0, 0] else 1
    assert (interim.at_look.populations.events[0] == 80).all()
    assert (final.tests.populations.events[going] == 90).all()
    assert (final.look.month > interim.look.month).all()


@pytest.mark.independent
def test_increments_are_the_difference_of_two_tests_of_everybody() -> None:
    patients, _, interim, final = two_stages(level(dropout_per_month=0.005), SUBGROUP_ONLY)
    everybody = np.ones_like(final.cohort.event)
    late = plain_tests(patients, final.cohort, final.look.month, everybody)
    soon = plain_tests(patients, interim.cohort, interim.look.month, everybody)
    z = (late.score - soon.score)[1] / np.sqrt((late.variance - soon.variance)[1])
    np.testing.assert_allclose(final.tests.populations.z[1], z, rtol=1e-9)


def third_stage(chosen: PatientLevel, second: np.ndarray, third: np.ndarray) -> tuple[Patients, list[Stage]]:
    patients, luck, first, middle = two_stages(chosen, second)
    return patients, [first, middle, next_stage(patients, luck, middle, third, np.full(TRIALS, 40))]


@pytest.mark.independent
def test_a_third_stage_is_what_the_test_gained_since_the_second_look() -> None:
    patients, (_, middle, last) = third_stage(level(dropout_per_month=0.005), BOTH, SUBGROUP_ONLY)
    everybody = np.ones_like(last.cohort.event)
    late = plain_tests(patients, last.cohort, last.look.month, everybody)
    soon = plain_tests(patients, middle.cohort, middle.look.month, everybody)
    z = (late.score - soon.score)[1] / np.sqrt((late.variance - soon.variance)[1])
    np.testing.assert_allclose(last.tests.populations.z[1], z, rtol=1e-9)
    assert (last.tests.populations.events[1] == 40).all()


@pytest.mark.known_truth
def test_narrowing_at_the_second_look_changes_later_patients_only() -> None:
    _, (_, middle, last) = third_stage(level(patients=1200), BOTH, SUBGROUP_ONLY)
    before = middle.cohort.entry <= middle.look.month[:, None]
    assert (before.any(axis=1) & ~before.all(axis=1)).all()
    np.testing.assert_array_equal(last.cohort.stratum[before], middle.cohort.stratum[before])
    np.testing.assert_allclose(last.cohort.ends[before], middle.cohort.ends[before], rtol=1e-12)
    assert (last.cohort.stratum[~before] == 0).all()
    gaps = [np.diff(each.cohort.entry, axis=1)[~before[:, :-1]].mean() for each in (middle, last)]
    assert gaps[1] == pytest.approx(gaps[0] / 0.4, rel=0.01)  # of those who arrive 40 % may enter


@pytest.mark.known_truth
def test_to_go_on_as_before_changes_nobody() -> None:
    _, (_, middle, last) = third_stage(level(patients=1200), SUBGROUP_ONLY, SUBGROUP_ONLY)
    np.testing.assert_array_equal(last.cohort.stratum, middle.cohort.stratum)
    np.testing.assert_allclose(last.cohort.entry, middle.cohort.entry, rtol=1e-12)


@pytest.mark.independent
def test_separate_cohorts_share_no_patient() -> None:
    chosen = level(construction="separate_cohorts", stage1_follow_up_months=6)
    patients, _, interim, final = two_stages(chosen, SUBGROUP_ONLY)
    first = interim.cohort.entry <= interim.look.month[:, None]
    one = plain_tests(patients, interim.cohort, interim.look.month + 6, first)
    two = plain_tests(patients, final.cohort, final.look.month, final.cohort.entry > interim.look.month[:, None])
    np.testing.assert_allclose(interim.tests.populations.z, one.z, rtol=1e-9)
    np.testing.assert_allclose(final.tests.populations.z[1], two.z[1], rtol=1e-9)
    assert (interim.tests.populations.events[0] > 80).all()
    assert (final.tests.populations.events[1] == 90).all()


@pytest.mark.known_truth
def test_what_is_decided_later_changes_nothing_of_stage_1() -> None:
    chosen = level(construction="separate_cohorts", stage1_follow_up_months=6)
    _, _, one, _ = two_stages(chosen, BOTH)
    _, _, other, _ = two_stages(chosen, SUBGROUP_ONLY)
    np.testing.assert_array_equal(one.tests.populations.z, other.tests.populations.z)


@pytest.mark.known_truth
def test_events_may_be_counted_in_the_subgroup() -> None:
    _, _, interim, final = two_stages(level(events_counted_in="subgroup", patients=900), BOTH)
    assert (interim.at_look.populations.events[1] == 80).all()
    assert (final.tests.populations.events[1] == 90).all()


@pytest.mark.known_truth
def test_pooled_and_stratified_tests_differ_in_the_full_population_only() -> None:
    _, _, one, _ = two_stages(level(stratified=True), BOTH)
    _, _, other, _ = two_stages(level(stratified=False), BOTH)
    assert not np.allclose(one.at_look.populations.z[0], other.at_look.populations.z[0], rtol=1e-6)
    np.testing.assert_allclose(one.at_look.populations.z[1], other.at_look.populations.z[1], rtol=1e-12)
