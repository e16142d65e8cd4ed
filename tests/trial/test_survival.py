"""Survival curves, restricted means and the log-rank test against statsmodels and closed forms."""

import time as clock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from ite.trial.survival import _round_down, at_risk_table, kaplan_meier, logrank, restricted_mean, step_value


def random_follow_up(seed: int, n: int = 200) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return tied times, events and three arms."""
    rng = np.random.default_rng(seed)
    return np.ceil(rng.exponential(20, n)), rng.binomial(1, 0.6, n), rng.integers(0, 3, n)


@pytest.mark.independent
@pytest.mark.parametrize("seed", range(5))
def test_curve_equals_statsmodels(seed: int) -> None:
    times, events, _ = random_follow_up(seed)
    curve = kaplan_meier(times, events)
    theirs = SurvfuncRight(times, events)
    ours = curve[curve["events"] > 0]
    np.testing.assert_array_equal(ours["time"], theirs.surv_times)
    np.testing.assert_array_equal(ours["at_risk"], theirs.n_risk)
    np.testing.assert_allclose(ours["survival"], theirs.surv_prob, rtol=1e-12)
    inside = ours["survival"] > 1e-12
    np.testing.assert_allclose(ours["se"][inside], theirs.surv_prob_se[inside], rtol=1e-10)


@pytest.mark.independent
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("arms", [2, 3])
def test_logrank_equals_statsmodels(seed: int, arms: int) -> None:
    times, events, group = random_follow_up(seed)
    keep = group < arms
    ours = logrank(times[keep], events[keep], group[keep])
    statistic, p_value = survdiff(times[keep], events[keep], group[keep])
    assert ours.statistic == pytest.approx(statistic, rel=1e-9)
    assert ours.p_value == pytest.approx(p_value, rel=1e-8)
    assert ours.degrees_of_freedom == arms - 1


@pytest.mark.known_truth
@given(st.lists(st.integers(1, 60), min_size=2, max_size=60), st.integers(1, 60))
@settings(max_examples=100, deadline=None)
def test_without_censoring_everything_is_a_plain_mean(days: list[int], horizon: int) -> None:
    """Without censoring the restricted mean is the mean of min(T, horizon), with the divisor-n standard error."""
    times = np.array(days, dtype=float)
    rmst, se = restricted_mean(times, np.ones_like(times), horizon)
    cut = np.minimum(times, horizon)
    assert rmst == pytest.approx(cut.mean(), rel=1e-12)
    assert se == pytest.approx(cut.std() / np.sqrt(len(cut)), rel=1e-9, abs=1e-12)
    curve = kaplan_meier(times, np.ones_like(times))
    np.testing.assert_allclose(
        step_value(curve, times), [(times > moment).mean() for moment in times], rtol=1e-9, atol=1e-12
    )
    assert (np.diff(curve["survival"]) <= 0).all()


@pytest.mark.known_truth
def test_small_case_by_hand() -> None:
    """Times 1, 2+, 3, 4+: S is 3/4 from 1, 3/8 from 3; the mean to 4 is 1 + 2 * 3/4 + 3/8."""
    times, events = [1, 2, 3, 4], [1, 0, 1, 0]
    rmst, se = restricted_mean(times, events, 4)
    assert rmst == pytest.approx(2.875)
    assert se == pytest.approx(np.sqrt(1.875**2 / 12 + 0.375**2 / 2))
    curve = kaplan_meier(times, events)
    assert step_value(curve, 3.0, before=True) == pytest.approx(0.75)
    assert step_value(curve, 3.0) == pytest.approx(0.375)
    assert step_value(curve, -1.0) == 1


@pytest.mark.known_truth
def test_patients_at_risk_are_counted_just_before_each_time() -> None:
    table = at_risk_table([1, 2, 2, 5], ["a", "a", "b", "b"], [0, 2, 3, 6])
    assert table["a"].tolist() == [2, 1, 0, 0]
    assert table["b"].tolist() == [2, 2, 1, 0]


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("limit", "expected"), [(1826, 1800), (2790, 2600), (349, 340), (11.9, 11.0), (0.37, 0.36), (0, 0), (60, 60)]
)
def test_horizons_are_round(limit: float, expected: float) -> None:
    assert _round_down(limit) == pytest.approx(expected)


@pytest.mark.known_truth
@pytest.mark.parametrize(("times", "events"), [([], []), ([1, np.nan], [1, 0]), ([1, 2], [1, 2]), ([1], [1, 0])])
def test_unusable_follow_up_is_refused(times: list[float], events: list[float]) -> None:
    with pytest.raises(ValueError, match=r"must|need"):
        kaplan_meier(times, events)


@pytest.mark.known_truth
def test_a_hundred_thousand_patients_do_not_hang() -> None:
    rng = np.random.default_rng(1)
    times, events = rng.exponential(100, 100_000), rng.binomial(1, 0.5, 100_000)
    begin = clock.perf_counter()
    restricted_mean(times, events, 150)
    logrank(times, events, rng.integers(0, 2, 100_000))
    assert clock.perf_counter() - begin < 3
