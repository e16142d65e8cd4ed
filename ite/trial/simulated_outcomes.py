"""Outcomes of simulated trials: what is drawn once covariates, arm and effect are given."""

from typing import NamedTuple

import numpy as np
from scipy import special

from ite.trial.data import BoolArray, FloatArray

LOWEST_RISK, RISK_RANGE = 0.2, 0.5
LOWEST_MEAN, MEAN_RANGE = 0.35, 0.35
SKEW_SIGMA = 0.8


class Baseline(NamedTuple):
    """Prognostic part of every patient, shape (n,), and the range it can take."""

    value: FloatArray
    range: tuple[float, float]

    @property
    def unit(self) -> FloatArray:
        """The prognostic part moved to [0, 1]. Shape (n,)."""
        low, high = self.range
        return (self.value - low) / (high - low)


def continuous_outcome(
    rng: np.random.Generator, mean: FloatArray, noise: str, modifier: FloatArray, treated: BoolArray
) -> FloatArray:
    """Add noise of mean 0 and average variance about 1 to the mean; shape (n,).

    heteroscedastic: SD (0.4 + 1.2 modifier) (0.75 + 0.5 treated) / sqrt(1.12); skewed: a standardised lognormal.
    """
    normal = rng.standard_normal(len(mean))
    if noise == "heteroscedastic":
        return np.asarray(mean + normal * (0.4 + 1.2 * modifier) * (0.75 + 0.5 * treated) / np.sqrt(1.12))
    if noise == "skewed":
        growth = np.exp(SKEW_SIGMA**2)
        return np.asarray(mean + (np.exp(SKEW_SIGMA * normal) - np.sqrt(growth)) / np.sqrt(growth * (growth - 1)))
    return mean + normal


def binary_outcome(
    rng: np.random.Generator, baseline: Baseline, effect: FloatArray, treated: BoolArray, *, log_odds: bool
) -> tuple[FloatArray, FloatArray]:
    """Draw 0/1 outcomes and return them with the true risk difference, both of shape (n,).

    With `log_odds` the effect is added to the logit of the risk, else to the risk itself.

    Raises
    ------
    ValueError
        If a constant risk difference does not fit between 0.01 and 0.99.
    """
    if log_odds:
        control, active = special.expit(baseline.value), special.expit(baseline.value + effect)
    else:
        control = LOWEST_RISK + RISK_RANGE * baseline.unit
        active = _kept_within(control + effect, 0.01, 0.99, constant=bool(np.ptp(effect) == 0))
    risk = np.where(treated, active, control)
    return (rng.random(len(risk)) < risk).astype(float), active - control


def event_times(
    rng: np.random.Generator,
    baseline: Baseline,
    effect: FloatArray,
    treated: BoolArray,
    horizon: float,
    drop_out: FloatArray,
) -> tuple[dict[str, FloatArray], FloatArray]:
    """Draw follow-up `months` and `event`, and return them with the true difference in restricted mean time.

    Both arms have exponential times. The control rate follows the prognostic part; the treated rate is solved for, so
    that the restricted mean at the horizon differs by exactly the effect, whatever the baseline risk. The study ends
    between 1 and 1.5 horizons; `drop_out` is the cumulative drop-out hazard at the horizon.

    Raises
    ------
    ValueError
        If a constant difference does not fit within 2 % and 98 % of the horizon.
    """
    control = LOWEST_MEAN + MEAN_RANGE * baseline.unit
    active = _kept_within(control + effect / horizon, 0.02, 0.98, constant=bool(np.ptp(effect) == 0))
    hazard = hazard_of_mean(np.where(treated, active, control)) / horizon
    n = len(hazard)
    onset = rng.standard_exponential(n) / hazard
    study_end = horizon * (1 + 0.5 * rng.random(n))
    with np.errstate(divide="ignore"):  # nobody drops out where the hazard is 0: an infinite time
        left = np.minimum(study_end, horizon * rng.standard_exponential(n) / drop_out)
    columns = {"months": np.minimum(onset, left), "event": (onset <= left).astype(float)}
    return columns, (active - control) * horizon


def hazard_of_mean(mean: FloatArray) -> FloatArray:
    """Return the exponential hazard u whose mean restricted to time 1, (1 - exp(-u)) / u, is the given mean in (0, 1).

    Newton's method from below: the mean is convex and falling in u, and at least 1 - u / 2, so no step overshoots.
    """
    hazard = 2 * (1 - mean)
    for _ in range(60):
        gone = -np.expm1(-hazard)
        step = (gone / hazard - mean) * hazard**2 / (gone - hazard * np.exp(-hazard))
        hazard = hazard + step
        if np.max(np.abs(step) / hazard) < 1e-13:
            break
    return hazard


def _kept_within(value: FloatArray, low: float, high: float, *, constant: bool) -> FloatArray:
    if constant and (value.min() < low or value.max() > high):
        raise ValueError(
            f"a constant effect must keep every patient within {low} and {high}; choose a smaller effect_mean"
        )
    return np.clip(value, low, high)
