"""The censoring-unbiased restricted time: identities, known means and hard cases."""

from dataclasses import replace

import numpy as np
import pytest

from ite.estimation import censoring
from ite.estimation.censoring import FollowUp, restricted_time
from ite.estimation.ridge_cox import RidgeCox
from ite.trial.survival import restricted_mean

HORIZON = 6.0


def folds(n: int) -> np.ndarray:
    return np.arange(n) % 3


def exponential_trial(n: int, seed: int, *, drop_out: float, rounded: bool = False) -> tuple[FollowUp, np.ndarray]:
    """Follow-up with drop-out that depends on x0 and arm, and the true mean of min(T, horizon) of each patient."""
    rng = np.random.default_rng(seed)
    features = rng.standard_normal((n, 2))
    arm = rng.permutation(n) % 2
    rate = 0.2 * np.exp(0.6 * features[:, 0] - 0.5 * arm)
    onset = rng.standard_exponential(n) / rate
    left = (
        rng.standard_exponential(n) / (drop_out * np.exp(0.7 * features[:, 0] * (2 * arm - 1))) if drop_out else np.inf
    )
    time = np.minimum(onset, left)
    if rounded:
        time = np.ceil(time * 2) / 2
    follow_up = FollowUp(features=features, time=time, event=onset <= left, arm=arm)
    return follow_up, -np.expm1(-rate * HORIZON) / rate


@pytest.mark.known_truth
@pytest.mark.parametrize("rounded", [False, True])
def test_without_censoring_nothing_is_changed(rounded: bool) -> None:  # noqa: FBT001 - a parameter
    follow_up, _ = exponential_trial(150, 1, drop_out=0.0, rounded=rounded)
    result = restricted_time(follow_up, folds(150), HORIZON)
    np.testing.assert_allclose(result.value, np.minimum(follow_up.time, HORIZON), rtol=1e-12)
    assert result.truncated == 0
    assert result.largest_weight == 1.0


@pytest.mark.known_truth
def test_censoring_after_the_horizon_changes_nothing_either() -> None:
    follow_up, _ = exponential_trial(150, 1, drop_out=0.0)
    late = replace(follow_up, event=follow_up.event & (follow_up.time <= HORIZON))
    result = restricted_time(late, folds(150), HORIZON)
    np.testing.assert_allclose(result.value, np.minimum(late.time, HORIZON), rtol=1e-12)


@pytest.mark.known_truth
@pytest.mark.parametrize("rounded", [False, True])
def test_its_mean_is_the_restricted_mean_where_complete_cases_mislead(rounded: bool) -> None:  # noqa: FBT001
    follow_up, truth = exponential_trial(6_000, 2, drop_out=0.15, rounded=rounded)
    if rounded:  # E min(ceil(2 T) / 2, horizon), by summing the probability of reaching each half unit
        rate = rate_of(follow_up)
        truth = 0.5 * sum(np.exp(-rate * step / 2) for step in range(int(2 * HORIZON)))
    value = restricted_time(follow_up, folds(6_000), HORIZON).value
    complete = follow_up.event | (follow_up.time >= HORIZON)
    for arm in (0, 1):
        members = follow_up.arm == arm
        error = value[members] - truth[members]
        standard_error = error.std() / np.sqrt(members.sum())
        assert abs(error.mean()) < 4 * standard_error
        naive = np.minimum(follow_up.time, HORIZON)[members & complete]
        assert abs(naive.mean() - truth[members].mean()) > 4 * naive.std() / np.sqrt(len(naive))
        # The mean is right along the covariate that drives drop-out, too.
        slope = follow_up.features[members, 0] * error
        assert abs(slope.mean()) < 4 * slope.std() / np.sqrt(members.sum())


def rate_of(follow_up: FollowUp) -> np.ndarray:
    return 0.2 * np.exp(0.6 * follow_up.features[:, 0] - 0.5 * follow_up.arm)


def stepped(times: list[float], jumps: list[float]) -> RidgeCox:
    return RidgeCox(coefficients=np.zeros(1), times=np.array(times), cumulative_hazard=np.cumsum(jumps))


def transform(time: list[float], event: list[bool], events: RidgeCox, lost: RidgeCox, horizon: float) -> np.ndarray:
    n = len(time)
    follow_up = FollowUp(
        features=np.zeros((n, 1)), time=np.array(time), event=np.array(event), arm=np.zeros(n, dtype=np.int64)
    )
    return censoring._transform(follow_up, np.arange(n), events, lost, horizon)[0]


@pytest.mark.known_truth
def test_weights_of_a_constant_add_up_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """D / G(U-) + integral of dM / G is 1 for everybody: nothing is lost or made by the weighting."""
    monkeypatch.setattr(censoring, "_expected_time", lambda _grid, survival, _: np.ones_like(survival))
    monkeypatch.setattr(censoring, "_expected_from_start", lambda _grid, survival, _: np.ones(len(survival)))
    lost = stepped([1, 2, 4, 5], [0.2, 0.3, 0.4, 0.1])
    time, event = [0.5, 1, 1, 2, 3, 4, 4, 5.5], [True, True, False, False, True, True, False, True]
    value = transform(time, event, stepped([1, 3, 4], [0.1, 0.2, 0.3]), lost, 6.0)
    seen = np.array(event)
    weight = np.array(
        [
            1.0 if moment <= 1 else np.exp(-lost.cumulative_hazard[np.searchsorted([1, 2, 4, 5], moment) - 1])
            for moment in time
        ]
    )
    np.testing.assert_allclose(value[seen], 1 + (np.array(time)[seen] - 1) / weight[seen], rtol=1e-12)


@pytest.mark.known_truth
def test_a_patient_lost_before_the_first_event_counts_as_the_average() -> None:
    """Lost at 0.5 with events at 1 and 3: the best guess is the mean, here by hand."""
    events = stepped([1.0, 3.0], [np.log(2), np.log(2)])
    value = transform([0.5], [False], events, stepped([], []), 5.0)
    assert value[0] == pytest.approx(1 * 1 + 2 * 0.5 + 2 * 0.25)


@pytest.mark.known_truth
def test_a_horizon_before_the_first_event_is_reached_by_all() -> None:
    value = transform([0.7, 2.0, 9.0], [False, False, True], stepped([1.0], [0.5]), stepped([0.7], [0.3]), 0.9)
    # Whoever is lost at 0.7 would have reached 0.9 for sure: no weight may change that.
    np.testing.assert_allclose(value, 0.9, rtol=1e-12)


@pytest.mark.known_truth
def test_with_one_time_for_events_and_losses_the_event_comes_first() -> None:
    n = 400
    event = np.arange(n) % 2 == 0
    follow_up = FollowUp(features=np.zeros((n, 1)), time=np.full(n, 2.0), event=event, arm=np.zeros(n, dtype=np.int64))
    value = restricted_time(follow_up, np.arange(n) // 2 % 4, HORIZON).value
    # Nobody is at risk of being lost before 2, so each event counts as it is.
    np.testing.assert_allclose(value[event], 2.0)


@pytest.mark.independent
def test_without_covariates_its_mean_is_the_kaplan_meier_area() -> None:
    """With common hazards the transform's mean is the area under Kaplan-Meier, up to fold and 1/n terms."""
    follow_up, _ = exponential_trial(1_500, 4, drop_out=0.15)
    alone = replace(follow_up, features=np.zeros((1_500, 0)))
    value = restricted_time(alone, folds(1_500), HORIZON).value
    for arm in (0, 1):
        members = alone.arm == arm
        reference = restricted_mean(alone.time[members], alone.event[members], HORIZON)
        assert value[members].mean() == pytest.approx(reference.rmst, abs=0.1 * reference.se)
        assert value[members].std() / np.sqrt(members.sum()) == pytest.approx(reference.se, rel=0.05)


@pytest.mark.known_truth
def test_a_coarser_grid_moves_a_value_by_less_than_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    follow_up, _ = exponential_trial(600, 5, drop_out=0.15)
    fine = restricted_time(follow_up, folds(600), HORIZON).value
    monkeypatch.setattr(censoring, "LONGEST_GRID", 60)
    coarse = restricted_time(follow_up, folds(600), HORIZON).value
    assert not np.array_equal(fine, coarse)
    # Sixty steps up to the longest time instead of one per time: the mean moves by a fraction of a step.
    step = follow_up.time.max() / 60
    assert abs(coarse.mean() - fine.mean()) < 0.2 * step
    assert np.abs(coarse - fine).max() < 0.5 * fine.std()


@pytest.mark.known_truth
def test_truncated_weights_are_counted() -> None:
    follow_up, _ = exponential_trial(600, 6, drop_out=0.6)
    result = restricted_time(follow_up, folds(600), HORIZON)
    assert 0 < result.truncated < 600
    assert result.largest_weight == 1 / censoring.CENSORING_FLOOR
    assert np.isfinite(result.value).all()


@pytest.mark.known_truth
def test_truncation_keeps_a_constant_constant() -> None:
    """Once the weight is held, the hazard of being lost must stop too, or the two sides no longer cancel."""
    lost = stepped([1.0, 2.0, 3.0, 4.0], [1.5, 1.5, 1.5, 1.5])
    never = stepped([], [])
    # Nobody ever has the event: the truth is 5 for everybody, whenever they are lost.
    value = transform([0.5, 1.5, 2.5, 3.5, 4.5, 5.0], [False] * 6, never, lost, 5.0)
    np.testing.assert_allclose(value, 5.0)


@pytest.mark.known_truth
def test_all_censored_at_once_gives_the_horizon_to_everybody() -> None:
    n = 90
    follow_up = FollowUp(
        features=np.zeros((n, 1)), time=np.full(n, 3.0), event=np.zeros(n, dtype=bool), arm=np.arange(n) % 2
    )
    np.testing.assert_allclose(restricted_time(follow_up, np.arange(n) // 2 % 3, HORIZON).value, HORIZON)
