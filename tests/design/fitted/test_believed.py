import numpy as np
import pytest
from scipy.stats import norm

from ite.design.fitted.believed import believed_effects

_COVARIANCE = np.array([[0.01, 0.002], [0.002, 0.04]])


@pytest.mark.known_truth
def test_the_posterior_of_the_difference_is_that_of_two_normals() -> None:
    """Prior variance w = 2 d^2 - v: the posterior mean is d w / (w + v), its variance v w / (w + v)."""
    believed = believed_effects(0.4, 0.3, 0.5, _COVARIANCE)
    prior = 2 * 0.25 - 0.04
    assert believed.kept == pytest.approx(prior / (prior + 0.04))
    enrolled, others = believed.draw(200_000, np.random.default_rng(1))
    difference = enrolled - others
    error = 4 / np.sqrt(200_000)
    assert difference.mean() == pytest.approx(believed.kept * 0.5, abs=error * 0.2)
    assert difference.var() == pytest.approx(believed.kept * 0.04, rel=error * 2)
    assert (0.4 * enrolled + 0.6 * others).mean() == pytest.approx(0.3, abs=error * 0.1)
    assert enrolled.mean() == pytest.approx(believed.mean, abs=error * 0.2)
    assert enrolled.std() == pytest.approx(believed.sd, rel=error)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("difference", "supported", "share"), [(0.1, True, 0.4), (-0.9, True, 0.4), (0.9, False, 0.4), (0.9, True, 1.0)]
)
def test_without_support_enrolled_and_others_benefit_alike(difference: float, share: float, *, supported: bool) -> None:
    believed = believed_effects(share, 0.3, difference, _COVARIANCE, supported=supported)
    enrolled, others = believed.draw(100, np.random.default_rng(2))
    assert believed.kept == 0.0
    assert np.array_equal(enrolled, others)
    assert believed.mean == 0.3
    assert believed.sd == pytest.approx(0.1)


@pytest.mark.known_truth
def test_a_benefit_is_as_probable_as_the_normal_says() -> None:
    believed = believed_effects(1.0, 0.1, 0.0, np.diag([0.04, 1.0]))
    assert believed.probability_above_zero == pytest.approx(norm.cdf(0.5))
