"""The exposure at which one more unit controls no more than it damages."""

import numpy as np
import pytest
from scipy.stats import norm

from ite.errors import ValuationError
from ite.value.sweet_spot import Exposure, best_exposure, sweet_spot, utility_at
from ite.value.uncertain_sweet_spot import UncertainExposure, sweet_spot_of_draws, uncertain_sweet_spot


@pytest.mark.independent
@pytest.mark.parametrize("rates", [(0.5, 0.1), (1.3, 1.2), (0.2, 0.5), (0.4, 0.4)])
@pytest.mark.parametrize("weight", [0.0, 0.4, 0.9, 1.0, 1.5, 6.0])
@pytest.mark.parametrize("longest", [0.5, 30.0])
def test_best_exposure_equals_the_best_of_a_fine_grid(
    rates: tuple[float, float], weight: float, longest: float
) -> None:
    grid = np.linspace(0, longest, 300_001)
    utility = utility_at(*rates, weight, grid)
    found = sweet_spot(Exposure(benefit_rate=rates[0], damage_rate=rates[1], damage_weight=weight, longest=longest))
    assert found.utility == pytest.approx(utility.max(), abs=1e-9)
    if 1e-9 < utility.max() < 1 - 1e-9:  # elsewhere many exposures are worth the same
        assert found.exposure == pytest.approx(grid[utility.argmax()], abs=1e-3)


@pytest.mark.known_truth
@pytest.mark.parametrize(("weight", "expected"), [(0.9, np.inf), (1.0, 0.0), (1.1, 0.0)])
def test_without_later_damage_it_is_treating_without_end_or_not_at_all(weight: float, expected: float) -> None:
    for damage_rate in (0.5, 0.8):
        assert best_exposure(0.5, damage_rate, weight) == expected


@pytest.mark.known_truth
def test_marginal_benefit_meets_marginal_damage_at_the_best_exposure() -> None:
    found = sweet_spot(Exposure(benefit_rate=0.5, damage_rate=0.1, damage_weight=2))
    assert found.treat
    curve = found.curve
    gap = np.interp(found.exposure, curve["exposure"], curve["marginal_benefit"] - curve["marginal_damage"])
    assert gap == pytest.approx(0, abs=1e-3)
    assert curve["utility"].max() <= found.utility + 1e-12
    never = sweet_spot(Exposure(benefit_rate=0.5, damage_rate=0.1, damage_weight=6))
    assert not never.treat
    assert (never.exposure, never.utility) == (0, 0)
    assert np.isfinite(never.curve.to_numpy()).all()


@pytest.mark.known_truth
def test_without_uncertainty_the_band_is_the_closed_form() -> None:
    spec = UncertainExposure(
        benefit_rate=0.5, damage_rate=0.1, damage_weight=2, benefit_variation=0, damage_variation=0
    )
    found, exact = uncertain_sweet_spot(spec, draws=10, seed=1), sweet_spot(spec)
    assert (found.lower, found.upper) == pytest.approx((exact.exposure, exact.exposure))
    assert found.exposure == pytest.approx(exact.exposure, abs=1e-4)
    assert found.expected_utility == pytest.approx(exact.utility)
    assert found.probability_do_not_treat == 0


@pytest.mark.independent
def test_the_chosen_exposure_has_the_largest_mean_utility() -> None:
    rng = np.random.default_rng(2)
    benefit, damage = rng.gamma(8, 0.5 / 8, 800), rng.gamma(8, 0.1 / 8, 800)
    found = sweet_spot_of_draws(benefit, damage, 3.0, longest=12.0)
    grid = np.linspace(0, 12, 4001)
    mean = np.array([utility_at(benefit, damage, 3.0, t).mean() for t in grid])
    assert found.exposure == pytest.approx(grid[mean.argmax()], abs=0.004)
    assert found.expected_utility == pytest.approx(mean.max(), abs=1e-7)
    assert found.probability_do_not_treat == pytest.approx(
        np.mean([best == 0 for best in best_exposure(benefit, damage, 3.0, 12.0)])
    )
    assert found.probability_do_not_treat > 0.02
    assert found.lower <= found.median <= found.upper


@pytest.mark.known_truth
def test_probability_of_not_treating_is_that_of_the_ratio_of_rates() -> None:
    spec = UncertainExposure(
        benefit_rate=0.5, damage_rate=0.1, damage_weight=4, benefit_variation=0.3, damage_variation=0.3, longest=50
    )
    found = uncertain_sweet_spot(spec, draws=20_000, seed=7)
    expected = norm.sf(np.log(0.5 / 0.4) / np.sqrt(2 * np.log1p(0.09)))
    assert abs(found.probability_do_not_treat - expected) < 4 * found.probability_error


@pytest.mark.known_truth
def test_impossible_exposures_are_refused() -> None:
    with pytest.raises(ValuationError, match=r"Rate of benefit \(per unit of exposure\) should be greater than 0"):
        Exposure(benefit_rate=0, damage_rate=0.1)
    with pytest.raises(ValuationError, match="Weight of damage should be at least 0"):
        Exposure(benefit_rate=1, damage_rate=0.1, damage_weight=-1)
    with pytest.raises(ValuationError, match="Give the longest exposure"):
        sweet_spot_of_draws(np.array([0.5, 0.1]), np.array([0.1, 0.5]), 0.5)
    later = np.array([0.5, 0.6]), np.array([0.1, 0.1])
    with pytest.raises(ValuationError, match="Damage should count"):
        sweet_spot_of_draws(*later, 0.0)
    assert sweet_spot_of_draws(*later, 0.0, longest=9.0).exposure == pytest.approx(9.0)
    with pytest.raises(ValuationError, match="Weight of damage should be at least 0, but -1 was given"):
        sweet_spot_of_draws(*later, -1.0)
    with pytest.raises(ValuationError, match="some draws are not"):
        sweet_spot_of_draws(np.array([0.5, 0.0]), np.array([0.1, 0.1]), 1.0)
    with pytest.raises(ValuationError, match="at least 2 draws"):
        sweet_spot_of_draws(np.array([0.5]), np.array([0.1]), 1.0)
