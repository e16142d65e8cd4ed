import numpy as np
import pytest

from ite.design.alternatives.correlated_tests import (
    all_rejected,
    family_wise_critical_value,
    none_rejected,
    some_rejected,
)
from ite.design.alternatives.one_factor import all_rejected as all_by_one_factor
from ite.design.alternatives.one_factor import dunnett_critical_value
from ite.design.alternatives.one_factor import none_rejected as none_by_one_factor
from ite.design.alternatives.resources import Resources
from ite.design.alternatives.shared_control import SharedControl, shared_control_characteristics
from ite.design.alternatives.staggered_entry import StaggeredEntry, staggered_characteristics
from ite.errors import DesignError

# Two arms of 100 and 30 patients a month, 1:1 and 1:1:1. Alone, arm and control enrol 15 a month: 75 each until the
# second joins at month 5. Then each of three gets 10: the first arm is full after 2.5 months and 25 controls. The
# second has 25 and is alone: 5 months and 75 controls more.
TWO = StaggeredEntry(
    design=SharedControl(
        n_total=300,
        effects=(0.4, 0.4),
        allocation="equal",
        resources=Resources(candidates_per_month=30, cost_per_patient=10),
    ),
    joins=(0, 5),
)
THREE = StaggeredEntry(
    design=SharedControl(n_total=400, effects=(0.4, 0.3, 0.35), resources=Resources(candidates_per_month=20)),
    joins=(0, 4, 12),
)


@pytest.mark.known_truth
def test_a_calendar_by_hand() -> None:
    found = staggered_characteristics(TWO)
    np.testing.assert_allclose(found.calendar.months, [5, 2.5, 5])
    np.testing.assert_allclose(found.calendar.control, [75, 25, 75])
    np.testing.assert_array_equal(found.calendar.open, [[True, False], [True, True], [False, True]])
    np.testing.assert_allclose(found.calendar.full, [7.5, 12.5])
    np.testing.assert_allclose([found.calendar.randomised, found.calendar.screened], 375)
    assert found.calendar.cost == pytest.approx(3750)
    np.testing.assert_allclose(found.concurrent.controls, [100, 100])
    np.testing.assert_allclose(found.all_so_far.controls, [100, 175])
    assert found.concurrent.correlation[0, 1] == pytest.approx(25 / 100**2 / (2 / 100))


@pytest.mark.known_truth
def test_powers_are_those_of_simulated_patients() -> None:
    """Controls are drawn one by one with the month they come; an arm is compared with those of its own window."""
    found, trials, rng = staggered_characteristics(TWO), 40_000, np.random.default_rng(3)
    controls = rng.standard_normal((trials, 175))  # in the order they come: 75, 25 and 75
    windows = {"concurrent": ((0, 100), (75, 175)), "all_so_far": ((0, 100), (0, 175))}
    arms = rng.standard_normal((trials, 2, 100)).mean(axis=2) + 0.4
    for name, window in windows.items():
        result = getattr(found, name)
        means = np.stack([controls[:, first:last].mean(axis=1) for first, last in window], axis=1)
        counts = np.array([last - first for first, last in window])
        significant = (arms - means) / np.sqrt(1 / 100 + 1 / counts) > result.critical
        tolerance = 4 * np.sqrt(0.25 / trials)
        np.testing.assert_allclose(significant.mean(axis=0), result.power, atol=tolerance)
        assert significant.any(axis=1).mean() == pytest.approx(result.power_any, abs=tolerance)
        assert significant.all(axis=1).mean() == pytest.approx(result.power_all, abs=tolerance)


@pytest.mark.known_truth
def test_patients_that_arrive_at_random_give_the_same_power() -> None:
    """A month's patients are few enough that each is randomised among the arms open when they come."""
    spec = THREE.model_copy(
        update={"design": THREE.design.model_copy(update={"n_total": 100, "effects": (0.8, 0.6, 0.7)})}
    )
    found, trials, rng = staggered_characteristics(spec), 2_500, np.random.default_rng(11)
    rejected = np.array([_random_trial(spec, found.concurrent.critical, rng) for _ in range(trials)])
    error = np.sqrt(found.concurrent.power * (1 - found.concurrent.power) / trials)
    # The number of controls of an arm varies around its expectation, which costs a little power: one point is allowed.
    np.testing.assert_allclose(rejected.mean(axis=0), found.concurrent.power, atol=0.01 + 4 * error.max())


def _random_trial(spec: StaggeredEntry, critical: float, rng: np.random.Generator) -> list[bool]:
    joins, needed = np.array(spec.joins), round(spec.design.n_arm)
    patients: list[list[int]] = [[] for _ in joins]
    controls: list[int] = []
    coming = 0
    while any(len(arm) < needed for arm in patients):
        month = coming / 20
        coming += 1
        enrols = [place for place, join in enumerate(joins) if join <= month and len(patients[place]) < needed]
        if not enrols:
            continue
        ratio = np.sqrt(len(enrols))
        if rng.random() < ratio / (ratio + len(enrols)):
            controls.append(coming)
        else:
            patients[rng.choice(enrols)].append(coming)
    outcome, came = rng.standard_normal(len(controls)), np.array(controls)
    rejected = []
    for place, arm in enumerate(patients):
        own = outcome[(came / 20 > joins[place]) & (came <= arm[-1])]
        mean = rng.standard_normal(needed).mean() + spec.design.effects[place]
        rejected.append(bool((mean - own.mean()) / np.sqrt(1 / needed + 1 / len(own)) > critical))
    return rejected


@pytest.mark.independent
def test_arms_that_all_start_together_are_the_usual_trial() -> None:
    usual = shared_control_characteristics(THREE.design)
    found = staggered_characteristics(THREE.model_copy(update={"joins": (0.0, 0.0, 0.0)}))
    for comparisons in (found.concurrent, found.all_so_far):
        np.testing.assert_allclose(comparisons.power, usual.arms["power"], atol=1e-4)
        assert comparisons.critical == pytest.approx(usual.critical, abs=1e-3)
        assert comparisons.power_any == pytest.approx(usual.power_any, abs=1e-4)
        assert comparisons.power_all == pytest.approx(usual.power_all, abs=1e-4)
    assert found.calendar.randomised == pytest.approx(400)
    assert found.calendar.full == pytest.approx(20)


@pytest.mark.known_truth
@pytest.mark.parametrize("adjustment", ["dunnett", "bonferroni"])
def test_the_family_wise_error_is_held_whatever_overlaps(adjustment: str) -> None:
    design = THREE.design.model_copy(update={"adjustment": adjustment})
    for joins in ((0.0, 4.0, 12.0), (0.0, 40.0, 80.0)):
        found = staggered_characteristics(StaggeredEntry(design=design, joins=joins))
        for comparisons in (found.concurrent, found.all_so_far):
            assert comparisons.family_wise_error <= 0.025 + 1e-4
            assert comparisons.family_wise_error > 0.022


@pytest.mark.known_truth
def test_arms_that_never_meet_share_no_control_and_nobody_is_enrolled_in_between() -> None:
    found = staggered_characteristics(TWO.model_copy(update={"joins": (0.0, 10.0)}))
    assert found.concurrent.correlation[0, 1] == 0.0
    separate = found.concurrent.power
    assert found.concurrent.power_all == pytest.approx(float(np.prod(separate)), abs=1e-4)
    # 100 and 100 in 6.67 months, none until month 10, and 200 more.
    assert found.calendar.screened == pytest.approx(400)
    np.testing.assert_allclose(found.calendar.full, [20 / 3, 10 + 20 / 3])


@pytest.mark.known_truth
def test_the_rarest_marker_fills_last_and_gets_controls_of_all_markers_while_it_is_open() -> None:
    umbrella = TWO.design.model_copy(update={"prevalences": (0.4, 0.1)})
    found = staggered_characteristics(StaggeredEntry(design=umbrella, joins=(0, 0)))
    # 12 and 3 carriers a month, two in three of them treated: the first arm is full after 12.5 months.
    assert found.calendar.full[0] == pytest.approx(12.5)
    # Then 25 of the rare arm are in; alone it gets half of its 3 carriers a month.
    assert found.calendar.full[1] == pytest.approx(12.5 + 75 / 1.5)
    np.testing.assert_allclose(found.concurrent.controls, [12.5 * 5, 12.5 * 5 + 75])
    assert found.calendar.screened == pytest.approx(30 * 62.5)


@pytest.mark.independent
@pytest.mark.parametrize("from_control", [0.2, 0.6])
def test_joint_probabilities_equal_those_by_one_factor(from_control: float) -> None:
    mean = np.array([2.5, 0.3, -1.0, 1.2])
    correlation = np.full((4, 4), from_control) + (1 - from_control) * np.eye(4)
    assert none_rejected(mean, 2.1, correlation) == pytest.approx(none_by_one_factor(mean, 2.1, from_control), abs=2e-5)
    assert all_rejected(mean, 0.4, correlation) == pytest.approx(all_by_one_factor(mean, 0.4, from_control), abs=2e-5)
    expected = dunnett_critical_value(4, 0.025, from_control)
    assert family_wise_critical_value(0.025, correlation) == pytest.approx(expected, abs=1e-3)


@pytest.mark.known_truth
def test_impossible_entries_are_refused() -> None:
    with pytest.raises(DesignError, match="month at which it joins; found 1"):
        staggered_characteristics(TWO.model_copy(update={"joins": (0.0,)}))
    unknown = TWO.design.model_copy(update={"resources": Resources()})
    with pytest.raises(DesignError, match="how many patients come in a month"):
        staggered_characteristics(StaggeredEntry(design=unknown, joins=(0, 5)))
    many = SharedControl(n_total=900, effects=(0.3,) * 9)
    with pytest.raises(DesignError, match="at most 8 treatments; found 9"):
        staggered_characteristics(StaggeredEntry(design=many, joins=(0.0,) * 9))


@pytest.mark.independent
@pytest.mark.parametrize("arms", [3, 5])
@pytest.mark.parametrize("alpha", [1e-6, 1e-3])
def test_strict_levels_have_their_critical_values(arms: int, alpha: float) -> None:
    """At a level as small as the error of 1 - P(none), by the one-dimensional integral of arms that join together."""
    from_control = 1 / (1 + np.sqrt(arms))
    correlation = np.where(np.eye(arms) > 0, 1.0, from_control)
    critical = family_wise_critical_value(alpha, correlation)
    assert critical == pytest.approx(dunnett_critical_value(arms, alpha, from_control), abs=1e-4)
    assert some_rejected(np.zeros(arms), critical, correlation) == pytest.approx(alpha, rel=1e-3)
