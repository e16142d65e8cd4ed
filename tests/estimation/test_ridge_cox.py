"""The ridge-penalised Cox model against statsmodels, theory and hard data."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import approx_fprime

from ite.estimation.ridge_cox import fit_ridge_cox, partial_log_likelihood

Sample = tuple[np.ndarray, np.ndarray, np.ndarray]


def sample(n: int = 250, seed: int = 1, *, ties: bool = True) -> Sample:
    rng = np.random.default_rng(seed)
    features = rng.standard_normal((n, 4))
    onset = rng.standard_exponential(n) / np.exp(features @ [0.6, -0.4, 0.2, 0.0]) * 8
    left = rng.uniform(1, 15, n)
    time = np.minimum(onset, left)
    return features, np.ceil(time) if ties else time, onset <= left


@pytest.mark.independent
@pytest.mark.parametrize("ties", [False, True])
def test_without_penalty_it_is_the_breslow_fit_of_statsmodels(ties: bool) -> None:  # noqa: FBT001 - a parameter
    features, time, event = sample(ties=ties)
    reference = sm.PHReg(time, features, status=event, ties="breslow").fit(disp=0)
    actual = fit_ridge_cox(features, time, event, penalty=0.0)
    np.testing.assert_allclose(actual.coefficients, reference.params, atol=1e-5)
    predictor = actual.log_hazard_ratio(features)
    assert partial_log_likelihood(predictor, time, event) == pytest.approx(reference.llf, abs=1e-6)
    # statsmodels gives the hazard accumulated before each time; ours includes the time itself.
    times, cumulative, _ = reference.baseline_cumulative_hazard[0]
    before = actual.cumulative(np.zeros((1, 4)), np.nextafter(times, -np.inf))[0]
    np.testing.assert_allclose(before, cumulative, rtol=1e-4, atol=1e-12)
    # Breslow's estimate spends exactly one event per event.
    spent = [
        actual.cumulative(row[None, :], np.array([moment]))[0, 0] for row, moment in zip(features, time, strict=True)
    ]
    assert sum(spent) == pytest.approx(event.sum(), rel=1e-9)


@pytest.mark.independent
def test_an_infinite_penalty_is_nelson_aalen() -> None:
    features, time, event = sample()
    actual = fit_ridge_cox(features, time, event, penalty=np.inf)
    times = np.unique(time[event])
    jumps = [np.sum(event & (time == t)) / np.sum(time >= t) for t in times]
    np.testing.assert_array_equal(actual.times, times)
    np.testing.assert_allclose(actual.cumulative_hazard, np.cumsum(jumps), rtol=1e-12)
    assert not actual.coefficients.any()
    at = np.array([0.0, 3.0, 3.5, 100.0])
    by_hand = [sum(jump for t, jump in zip(times, jumps, strict=True) if t <= moment) for moment in at]
    np.testing.assert_allclose(actual.cumulative(features[:2], at), [by_hand, by_hand], rtol=1e-12)


@pytest.mark.known_truth
@pytest.mark.parametrize("penalty", [1.0, 10.0, np.array([0.0, 5.0, 50.0, 500.0])])
def test_the_penalised_gradient_is_zero_at_the_solution(penalty: float | np.ndarray) -> None:
    features, time, event = sample()
    solution = fit_ridge_cox(features, time, event, penalty).coefficients

    def objective(coefficients: np.ndarray) -> float:
        fit = partial_log_likelihood(features @ coefficients, time, event)
        return fit - float(np.sum(np.broadcast_to(penalty, 4) * coefficients**2)) / 2

    np.testing.assert_allclose(approx_fprime(solution, objective, 1e-6), 0.0, atol=1e-3)
    assert objective(solution) > objective(np.zeros(4))


@pytest.mark.known_truth
def test_a_larger_penalty_gives_smaller_coefficients_from_any_start() -> None:
    features, time, event = sample()
    sizes = [np.linalg.norm(fit_ridge_cox(features, time, event, penalty).coefficients) for penalty in (0, 10, 1000)]
    assert sizes[0] > sizes[1] > sizes[2] > 0
    warm = fit_ridge_cox(features, time, event, 10.0, start=np.full(4, 0.3))
    np.testing.assert_allclose(warm.coefficients, fit_ridge_cox(features, time, event, 10.0).coefficients, atol=1e-6)


@pytest.mark.known_truth
def test_the_order_of_patients_does_not_matter() -> None:
    features, time, event = sample()
    order = np.random.default_rng(2).permutation(len(time))
    one, other = (
        fit_ridge_cox(features, time, event, 5.0),
        fit_ridge_cox(features[order], time[order], event[order], 5.0),
    )
    np.testing.assert_allclose(one.coefficients, other.coefficients, atol=1e-9)
    np.testing.assert_allclose(one.cumulative_hazard, other.cumulative_hazard, rtol=1e-9)


@pytest.mark.known_truth
def test_without_events_nobody_has_a_hazard() -> None:
    features, time, event = sample()
    fit = fit_ridge_cox(features, time, np.zeros_like(event), penalty=10.0)
    assert not fit.coefficients.any()
    assert not fit.cumulative(features[:3], np.array([1.0, 10.0])).any()
    assert partial_log_likelihood(features[:, 0], time, np.zeros_like(event)) == 0.0


@pytest.mark.known_truth
def test_perfect_separation_stays_finite_under_a_penalty() -> None:
    features, time, _ = sample()
    event = features[:, 0] > 0.5
    fit = fit_ridge_cox(features, time, event, penalty=10.0)
    assert np.isfinite(fit.coefficients).all()
    assert 0 < fit.coefficients[0] < 5
    assert np.isfinite(fit.cumulative(features, time)).all()


@pytest.mark.known_truth
def test_an_outlying_covariate_stays_finite() -> None:
    features, time, event = sample(n=2000)
    features[0, 0] = 1e4
    features[:, 0] = (features[:, 0] - features[:, 0].mean()) / features[:, 0].std()
    event[0], time[0] = True, time.min() / 2
    fit = fit_ridge_cox(features, time, event, penalty=10.0)
    assert np.isfinite(fit.coefficients).all()
    assert np.isfinite(fit.cumulative(features, np.unique(time))).all()
