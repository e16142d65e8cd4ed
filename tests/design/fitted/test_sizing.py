"""Chance of success by size: the closed form where outcomes vary alike at every effect, quadrature where not."""

import numpy as np
import pytest
from scipy import integrate
from scipy.stats import norm

from ite.design.fitted.believed import believed_effects
from ite.design.fitted.patients import NextOutcome
from ite.design.fitted.sizing import SMALLEST_TRIAL, SuccessBySize, success_by_size
from tests.design.fitted.closed_form import assurance_at

_COVARIANCE = np.array([[0.01, 0.002], [0.002, 0.04]])
_BELIEVED = believed_effects(0.4, 0.3, 0.5, _COVARIANCE)
_N = 50


def continuous(sd: float = 2.0) -> NextOutcome:
    mean, treated = np.zeros(_N), np.full(_N, 0.3)
    return NextOutcome(
        control_mean=mean,
        control_square=mean**2 + sd**2,
        treated_mean=treated,
        treated_square=treated**2 + sd**2,
        slope=2 * treated,
        curvature=np.ones(_N),
        event_probability=np.full(_N, np.nan),
    )


def binary(control: float = 0.3, treated: float = 0.5) -> NextOutcome:
    return NextOutcome(
        control_mean=np.full(_N, control),
        control_square=np.full(_N, control),
        treated_mean=np.full(_N, treated),
        treated_square=np.full(_N, treated),
        slope=np.ones(_N),
        curvature=np.zeros(_N),
        event_probability=np.full(_N, np.nan),
    )


def success(outcome: NextOutcome, drop_out: float = 0.0) -> SuccessBySize:
    return success_by_size(outcome, np.ones(_N), _BELIEVED, critical=1.96, drop_out=drop_out)


@pytest.mark.known_truth
@pytest.mark.parametrize("randomised", [40, 400, 4_000])
def test_outcomes_that_vary_alike_give_the_closed_form(randomised: int) -> None:
    standard_error = np.sqrt(2 * (2.0**2 + 2.0**2) / randomised)
    expected = assurance_at(_BELIEVED, standard_error, 1.96)
    assert success(continuous()).assurance(randomised) == pytest.approx(expected, abs=5e-4)


@pytest.mark.independent
def test_assurance_is_the_integral_of_power_with_the_spread_of_each_effect() -> None:
    def power(effect: float) -> float:
        variance = 2 * (0.3 * 0.7 + max((0.3 + effect) * (0.7 - effect), 0.05 * 0.21))
        return float(norm.cdf(effect / np.sqrt(variance / 300) - 1.96))

    expected, _ = integrate.quad(
        lambda effect: power(effect) * norm.pdf(effect, _BELIEVED.mean, _BELIEVED.sd), -0.4, 1.6, limit=200
    )
    assert success(binary()).assurance(300) == pytest.approx(expected, abs=1e-3)


@pytest.mark.known_truth
@pytest.mark.parametrize("outcome", [continuous(), binary()])
@pytest.mark.parametrize("target", [0.5, 0.8, 0.95])
def test_the_size_is_the_smallest_that_reaches_the_target(outcome: NextOutcome, target: float) -> None:
    found = success(outcome)
    size = found.randomised_for(target)
    assert found.assurance(size) >= target - 1e-6
    assert size == SMALLEST_TRIAL or found.assurance(size - 1) < target


@pytest.mark.known_truth
def test_a_drop_out_counts_as_a_patient_less() -> None:
    assert success(continuous(), drop_out=0.5).assurance(400) == pytest.approx(success(continuous()).assurance(200))
    assert success(continuous(), drop_out=0.5).power(400) == pytest.approx(success(continuous()).power(200))


@pytest.mark.known_truth
def test_power_at_the_estimate_is_that_of_a_z_test() -> None:
    standard_error = np.sqrt(2 * 8 / 400)
    assert success(continuous()).power(400) == pytest.approx(norm.cdf(_BELIEVED.estimate / standard_error - 1.96))


@pytest.mark.known_truth
def test_no_size_reaches_more_than_the_probability_of_a_benefit() -> None:
    weak = believed_effects(1.0, 0.1, 0.0, np.diag([0.04, 1.0]))
    found = success_by_size(continuous(), np.ones(_N), weak, critical=1.96, drop_out=0.0)
    assert weak.probability_above_zero == pytest.approx(norm.cdf(0.5))
    assert np.isinf(found.randomised_for(0.7))
    assert found.assurance(1e12) == pytest.approx(norm.cdf(0.5), abs=2e-3)
