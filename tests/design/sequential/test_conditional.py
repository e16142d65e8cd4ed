import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr
from scipy.stats import norm

from ite.design.sequential.conditional import (
    conditional_power,
    conditional_rejection,
    current_trend,
    predictive_power,
    z_of_conditional_power,
    z_of_predictive_power,
)
from ite.design.sequential.crossing import first_crossing

CRITICAL = 1.97


@pytest.mark.known_truth
def test_conditional_power_before_and_at_the_end() -> None:
    assert conditional_power(0.0, 1e-12, critical=CRITICAL, drift=2.5) == pytest.approx(ndtr(2.5 - CRITICAL), abs=1e-5)
    assert conditional_power([1.9, 2.1], 1 - 1e-12, critical=CRITICAL, drift=0.0) == pytest.approx([0.0, 1.0], abs=1e-6)


@pytest.mark.independent
@pytest.mark.parametrize(("prior_drift", "prior_sd"), [(0.0, np.inf), (2.0, 0.7), (-1.0, 3.0)])
def test_predictive_power_is_the_average_over_the_posterior(prior_drift: float, prior_sd: float) -> None:
    z, t = 1.3, 0.4
    precision = t + 1 / prior_sd**2
    mean, sd = (z * np.sqrt(t) + prior_drift / prior_sd**2) / precision, precision**-0.5

    def weighted(drift: float) -> float:
        return float(conditional_power(z, t, critical=CRITICAL, drift=drift)) * norm.pdf(drift, mean, sd)

    averaged, _ = quad(weighted, mean - 10 * sd, mean + 10 * sd, epsabs=1e-11)
    ours = predictive_power(z, t, critical=CRITICAL, prior_drift=prior_drift, prior_sd=prior_sd)
    assert ours == pytest.approx(averaged, abs=1e-8)


@pytest.mark.known_truth
def test_a_sure_prior_makes_predictive_power_conditional() -> None:
    predictive = predictive_power(1.0, 0.5, critical=CRITICAL, prior_drift=2.8, prior_sd=1e-6)
    assert predictive == pytest.approx(conditional_power(1.0, 0.5, critical=CRITICAL, drift=2.8), abs=1e-6)


@pytest.mark.known_truth
def test_bounds_on_clinical_scales_are_inverses() -> None:
    power, t = np.array([0.05, 0.3, 0.9]), np.array([0.3, 0.5, 0.8])
    z = z_of_conditional_power(power, t, critical=CRITICAL, drift=3.1)
    assert conditional_power(z, t, critical=CRITICAL, drift=3.1) == pytest.approx(power)
    z = z_of_conditional_power(power, t, critical=CRITICAL, drift=None)
    assert conditional_power(z, t, critical=CRITICAL, drift=current_trend(z, t)) == pytest.approx(power)
    z = z_of_predictive_power(power, t, critical=CRITICAL)
    assert predictive_power(z, t, critical=CRITICAL) == pytest.approx(power)


@pytest.mark.known_truth
def test_rejection_at_later_looks_averages_to_the_power() -> None:
    """The law of total probability over the statistic at the first look."""
    fractions, upper, lower = np.array([0.3, 0.7, 1.0]), np.array([2.9, 2.3, 2.0]), np.array([-0.2, 0.8, 2.0])
    drift, later = 2.4, {"fractions": fractions[1:], "upper": upper[1:], "lower": lower[1:]}

    def weighted(z: float) -> float:
        return conditional_rejection(z, 0.3, drift=drift, **later) * norm.pdf(z, drift * np.sqrt(0.3))

    continued, _ = quad(weighted, lower[0], upper[0], epsabs=1e-10)
    crossing = first_crossing(fractions, upper, lower, np.array([drift]))
    assert continued == pytest.approx(crossing.upper[1:].sum(), abs=1e-9)


@pytest.mark.known_truth
def test_with_one_look_left_it_is_the_conditional_power() -> None:
    left = {"fractions": np.ones(1), "upper": np.array([CRITICAL]), "lower": np.array([CRITICAL])}
    ours = conditional_rejection(1.1, 0.6, drift=2.0, **left)
    assert ours == pytest.approx(conditional_power(1.1, 0.6, critical=CRITICAL, drift=2.0), abs=1e-14)
