import numpy as np
import pytest

from ite.design.alternatives.adaptive_allocation import Truth, probability_treatment_better, simulate_allocation
from ite.design.alternatives.superiority import probability_of_superiority


@pytest.mark.independent
def test_the_posterior_probability_is_close_to_the_exact_one() -> None:
    """The normal approximation is the rule; with ten or more patients per arm it is within 0.02 of the exact value."""
    rng = np.random.default_rng(13)
    patients = rng.integers(10, 80, (2, 40))
    responders = rng.binomial(patients, 0.4)
    exact = [probability_of_superiority(r[1], n[1], r[0], n[0]) for n, r in zip(patients.T, responders.T, strict=True)]
    np.testing.assert_allclose(probability_treatment_better(patients, responders), exact, atol=0.02)


@pytest.mark.known_truth
def test_every_patient_is_counted_once_and_no_arm_falls_below_its_cap() -> None:
    truth, stages = Truth(control=0.1, treatment=0.9, trend=0.0), (20, *([10] * 8))
    arms = simulate_allocation(truth, stages=stages, smallest_share=0.2, trials=20_000, rng=np.random.default_rng(1))
    assert (arms.patients.sum(axis=0) == 100).all()
    assert (arms.responders <= arms.patients).all()
    # 10 of the burn-in and a fifth of the other 80: treatment is so much better that control soon stays at its cap
    spread = np.sqrt(80 * 0.2 * 0.8)
    assert arms.patients[0].mean() >= 26 - 4 * spread / np.sqrt(20_000)
    assert arms.patients[0].mean() < 28


@pytest.mark.known_truth
def test_caps_of_one_half_give_even_odds_to_every_patient() -> None:
    truth = Truth(control=0.3, treatment=0.6, trend=0.0)
    arms = simulate_allocation(
        truth, stages=(20, 40, 40), smallest_share=0.5, trials=20_000, rng=np.random.default_rng(2)
    )
    assert arms.patients[1].mean() == pytest.approx(50, abs=4 * np.sqrt(20 / 20_000))
    assert arms.patients[1].var() == pytest.approx(20, rel=4 * np.sqrt(2 / 20_000))


@pytest.mark.known_truth
def test_a_trend_moves_both_rates_from_the_first_to_the_last_patient() -> None:
    truth = Truth(control=0.2, treatment=0.3, trend=0.4)
    assert truth.rates_at(0.0) == (0.2, 0.3)
    assert truth.rates_at(1.0) == pytest.approx((0.6, 0.7))
    arms = simulate_allocation(
        truth, stages=(20, *([10] * 8)), smallest_share=None, trials=20_000, rng=np.random.default_rng(3)
    )
    rates = arms.responders.mean(axis=1) / 50
    np.testing.assert_allclose(rates, [0.4, 0.5], atol=4 * np.sqrt(0.25 / 50 / 20_000))
