import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from ite.design.alternatives.borrowing import PowerPrior, RobustMixture, power_prior_posterior, robust_mixture_posterior


@pytest.mark.known_truth
def test_weights_0_and_1_ignore_and_pool_the_history() -> None:
    shared = {"historical_n": 80, "historical_mean": 0.2, "current_n": 40, "current_mean": 0.5, "sd": 2.0}
    alone = power_prior_posterior(PowerPrior(**shared, weight=0.0))
    assert (alone.mean, alone.sd) == (0.5, pytest.approx(2 / np.sqrt(40)))
    pooled = power_prior_posterior(PowerPrior(**shared, weight=1.0))
    assert (pooled.mean, pooled.sd) == (pytest.approx(0.3), pytest.approx(2 / np.sqrt(120)))


@pytest.mark.independent
@given(st.floats(-1, 1), st.floats(0.05, 0.95), st.floats(0.05, 0.5))
def test_mixture_equals_its_posterior_by_integration(observed: float, weight: float, error: float) -> None:
    spec = RobustMixture(
        informative_mean=0.3,
        informative_sd=0.1,
        vague_mean=0.0,
        vague_sd=1.0,
        prior_weight=weight,
        observed_mean=observed,
        standard_error=error,
    )
    mean = np.linspace(-8, 8, 80_001)
    likelihood = stats.norm.pdf(observed, mean, error)
    informative = weight * stats.norm.pdf(mean, 0.3, 0.1) * likelihood
    whole = informative + (1 - weight) * stats.norm.pdf(mean, 0.0, 1.0) * likelihood
    total = integrate.trapezoid(whole, mean)
    center = integrate.trapezoid(whole * mean, mean) / total
    spread = np.sqrt(integrate.trapezoid(whole * (mean - center) ** 2, mean) / total)
    result = robust_mixture_posterior(spec)
    assert result.weight == pytest.approx(integrate.trapezoid(informative, mean) / total, abs=1e-7)
    assert (result.mean, result.sd) == (pytest.approx(center, abs=1e-7), pytest.approx(spread, abs=1e-7))


@pytest.mark.known_truth
def test_data_far_from_history_let_go_of_it() -> None:
    spec = RobustMixture(
        informative_mean=0.0,
        informative_sd=0.1,
        vague_mean=0.0,
        vague_sd=1.0,
        prior_weight=0.9,
        observed_mean=500.0,
        standard_error=0.1,
    )
    result = robust_mixture_posterior(spec)
    assert result.weight == 0.0
    assert result.mean == pytest.approx(500 / 1.01)
