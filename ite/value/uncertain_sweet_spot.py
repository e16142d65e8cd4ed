"""The best exposure when the rates of benefit and damage are not known for certain."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from pydantic import Field
from scipy.optimize import minimize_scalar

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.trial.monte_carlo import mean_error, share_error
from ite.value.fields import NotNegative
from ite.value.sweet_spot import Exposure, best_exposure, utility_at

_LEVELS = (0.025, 0.5, 0.975)
_GRID = 101


class UncertainExposure(Exposure):
    """An exposure whose rates are log-normal around the given medians, independent of each other.

    Attributes
    ----------
    benefit_variation, damage_variation
        Coefficients of variation of the two rates.
    """

    called: ClassVar[str] = "The exposure"

    benefit_variation: NotNegative = Field(default=0.2, title="Coefficient of variation of the rate of benefit (%)")
    damage_variation: NotNegative = Field(default=0.2, title="Coefficient of variation of the rate of damage (%)")


@dataclass(frozen=True, kw_only=True, eq=False)
class UncertainSweetSpot:
    """What draws of the rates say of the best exposure.

    Attributes
    ----------
    lower, median, upper : float
        2.5th, 50th and 97.5th percentile of the best exposure of each draw; 0 is "do not treat".
    probability_do_not_treat, probability_error : float
        Share of draws in which no exposure is better than none, and its Monte-Carlo error.
    exposure : float
        The exposure of largest expected utility over the draws: the one to choose, 0 where none is better. It is not
        the mean of the best ones.
    expected_utility, expected_utility_error : float
        There, and its Monte-Carlo error.
    draws : int
    """

    lower: float
    median: float
    upper: float
    probability_do_not_treat: float
    probability_error: float
    exposure: float
    expected_utility: float
    expected_utility_error: float
    draws: int


def uncertain_sweet_spot(spec: UncertainExposure, *, draws: int = 4000, seed: int) -> UncertainSweetSpot:
    """Draw the rates, and return what `sweet_spot_of_draws` makes of them."""
    rng = np.random.default_rng(seed)
    benefit, damage = (
        median * np.exp(np.sqrt(np.log1p(variation**2)) * rng.standard_normal(draws))
        for median, variation in (
            (spec.benefit_rate, spec.benefit_variation),
            (spec.damage_rate, spec.damage_variation),
        )
    )
    return sweet_spot_of_draws(benefit, damage, spec.damage_weight, spec.longest)


def sweet_spot_of_draws(
    benefit_rate: FloatArray, damage_rate: FloatArray, damage_weight: float, longest: float | None = None
) -> UncertainSweetSpot:
    """Return the band of the best exposure, and the exposure to choose, from joint draws of the rates.

    Parameters
    ----------
    benefit_rate, damage_rate : array, shape (draws,)
    damage_weight, longest
        As in `Exposure`.

    Raises
    ------
    ValuationError
        If a rate is not above 0 or the weight below it, there are fewer than 2 draws, or damage does not count or comes
        no later than benefit in some draws and no longest exposure limits how long that would be worth it.
    """
    _require_draws(benefit_rate, damage_rate, damage_weight, longest)
    best = best_exposure(benefit_rate, damage_rate, damage_weight, longest)
    lower, median, upper = np.quantile(best, _LEVELS)
    never, count = float(np.mean(best == 0)), len(best)
    chosen = _of_largest_mean(benefit_rate, damage_rate, damage_weight, _grid(best, longest))
    utility = utility_at(benefit_rate, damage_rate, damage_weight, chosen)
    return UncertainSweetSpot(
        lower=float(lower),
        median=float(median),
        upper=float(upper),
        probability_do_not_treat=never,
        probability_error=float(share_error(never, count)),
        exposure=chosen,
        expected_utility=float(utility.mean()),
        expected_utility_error=float(mean_error(utility)),
        draws=count,
    )


def _grid(best: FloatArray, longest: float | None) -> FloatArray:
    """Return exposures from none to the most that is best in any draw, dense where many draws have theirs."""
    end = float(best.max()) if longest is None else longest
    return np.unique(np.concatenate([np.linspace(0, end, _GRID), np.quantile(best, np.linspace(0, 1, _GRID))]))


def _of_largest_mean(benefit: FloatArray, damage: FloatArray, weight: float, grid: FloatArray) -> float:
    """Return the exposure of largest mean utility: the best of a grid, refined between its neighbours."""

    def loss(exposure: float) -> float:
        return -float(utility_at(benefit, damage, weight, exposure).mean())

    losses = [loss(float(exposure)) for exposure in grid]
    place = int(np.argmin(losses))
    low, high = grid[max(place - 1, 0)], grid[min(place + 1, len(grid) - 1)]
    if low == high:
        return float(grid[place])
    refined = minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-9 * float(high)})
    return float(refined.x) if refined.fun < losses[place] else float(grid[place])


def _require_draws(benefit: FloatArray, damage: FloatArray, weight: float, longest: float | None) -> None:
    if benefit.shape != damage.shape or benefit.ndim != 1:
        raise ValueError(f"draws need one shape (draws,), not {benefit.shape} and {damage.shape}")
    if len(benefit) < 2:
        raise ValuationError(f"A band needs at least 2 draws of the rates, but {len(benefit)} was given. Draw more.")
    rates = np.concatenate([benefit, damage])
    if not (np.isfinite(rates) & (rates > 0)).all():
        raise ValuationError("Rates should be finite and greater than 0, but some draws are not. Correct them.")
    if not weight >= 0:
        raise ValuationError(f"Weight of damage should be at least 0, but {weight:g} was given. Correct it.")
    early = float(np.mean(benefit <= damage)) if weight > 0 else 1.0
    if longest is None and early > 0:
        raise ValuationError(
            f"Damage should count and come later than benefit, but in {100 * early:.2g} % of the draws it does not: "
            "more exposure may always be better. Give the longest exposure, or less variation of the rates."
        )
