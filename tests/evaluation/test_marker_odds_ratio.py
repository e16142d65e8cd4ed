"""Odds ratios along a marker."""

import numpy as np
import pytest
import statsmodels.api as sm

from ite.errors import EstimateError
from ite.evaluation.marker_odds_ratio import InteractionCoefficients, odds_ratio_by_marker

COEFFICIENTS = InteractionCoefficients(0.2, 0.5, 0.04, 0.01, -0.012)


@pytest.mark.independent
@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_equals_contrasts_of_a_fitted_logistic_model(confidence: float) -> None:
    rng, n = np.random.default_rng(6), 600
    marker, arm = rng.uniform(0, 3, n), rng.integers(0, 2, n)
    event = rng.random(n) < 1 / (1 + np.exp(1 - 0.3 * marker - arm * (0.4 - 0.5 * marker)))
    fit = sm.Logit(event.astype(float), np.column_stack([np.ones(n), marker, arm, arm * marker])).fit(disp=0)
    covariance = fit.cov_params()
    coefficients = InteractionCoefficients(
        fit.params[2], fit.params[3], covariance[2, 2], covariance[3, 3], covariance[2, 3]
    )
    values = np.array([-1.0, 0.0, 1.5, 3.0])
    found = odds_ratio_by_marker(coefficients, values, confidence)
    contrasts = np.column_stack([np.zeros(4), np.zeros(4), np.ones(4), values])
    limits = np.exp(fit.t_test(contrasts).conf_int(alpha=1 - confidence))
    np.testing.assert_allclose(found[["lower", "upper"]], limits)
    np.testing.assert_allclose(found["odds_ratio"], np.exp(contrasts @ fit.params))


@pytest.mark.known_truth
def test_impossible_coefficients_are_refused() -> None:
    with pytest.raises(EstimateError, match=r"nearest possible value is -0\.02"):
        odds_ratio_by_marker(COEFFICIENTS._replace(covariance=-0.03), [1])
    with pytest.raises(EstimateError, match="A variance should be at least 0"):
        odds_ratio_by_marker(COEFFICIENTS._replace(variance_treatment=-0.03), [1])
    with pytest.raises(EstimateError, match="between 0 and 100 %, but 9500 % was given"):
        odds_ratio_by_marker(COEFFICIENTS, [1], 95)
