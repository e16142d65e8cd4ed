import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from ite.design.alternatives.nested_cuts import nested_critical_values, nested_rejection


@pytest.mark.independent
def test_equals_the_multivariate_normal_distribution() -> None:
    shares, critical, mean = np.array([0.2, 0.45, 1.0]), np.array([2.4, 2.4, 2.0]), np.array([1.5, 0.3, -0.4])
    correlation = np.sqrt(np.minimum.outer(shares, shares) / np.maximum.outer(shares, shares))
    none = multivariate_normal(mean, correlation, maxpts=2_000_000, abseps=1e-8).cdf(critical)
    assert nested_rejection(shares, critical, mean) == pytest.approx(1 - none, abs=1e-6)


@pytest.mark.known_truth
@pytest.mark.parametrize("alpha_full", [0.001, 0.0125, 0.0249])
def test_the_levels_add_up_to_alpha(alpha_full: float) -> None:
    shares = (0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
    full, parts = nested_critical_values(shares, 0.025, alpha_full)
    critical = np.append(np.full(5, parts), full)
    assert nested_rejection(np.array(shares), critical, np.zeros(6)) == pytest.approx(0.025, abs=1e-9)
    assert norm.sf(full) == pytest.approx(alpha_full)


@pytest.mark.known_truth
def test_correlation_leaves_the_cuts_more_than_the_rest_of_alpha() -> None:
    _, parts = nested_critical_values((0.5, 1.0), 0.025, 0.0125)
    assert norm.sf(parts) > 0.0125
