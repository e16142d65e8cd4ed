"""The source patients as the next trial meets them: what each one's outcome would be like in either arm.

Legend: outcomes are turned so that larger is better; h is the horizon of a time-to-event outcome.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ite.estimation.outcome import direction
from ite.estimation.result import EffectEstimate
from ite.trial.data import BoolArray, FloatArray, TrialData

#: Predicted chances of a binary outcome, and predicted times as a share of the horizon, are kept inside these.
_LEAST_CHANCE, _LEAST_TIME = 0.005, 0.02
#: Patients of an arm whose residuals are needed for the noise of those who are enrolled; else of everybody in the arm.
_MINIMUM_RESIDUALS = 20


@dataclass(frozen=True, kw_only=True, eq=False)
class NextOutcome:
    """First and second moments of each source patient's outcome in the next trial; arrays of shape (patients,).

    Attributes
    ----------
    control_mean, control_square
        Mean and mean square under control.
    treated_mean, treated_square
        The same under treatment, with the patient's predicted effect after shrinkage.
    slope, curvature
        The mean square under treatment changes by slope * s + curvature * s^2 when everybody's effect is shifted by s.
    event_probability
        Chance of an event by the horizon, mean of the two arms; NaN for other outcomes.
    """

    control_mean: FloatArray
    control_square: FloatArray
    treated_mean: FloatArray
    treated_square: FloatArray
    slope: FloatArray
    curvature: FloatArray
    event_probability: FloatArray


def next_outcome(trial: TrialData, effects: EffectEstimate, arm: str, enrolled: BoolArray) -> NextOutcome:
    """Return the moments of each patient's outcome in the next trial.

    Control means are the cross-fitted predictions of the outcome model. Around them: a continuous outcome has the
    residual variance of its arm among the enrolled; a binary one that of a coin; a time until an event is exponential
    with the hazard that gives the patient's restricted mean, each patient being followed to the horizon.
    """
    control = effects.baseline_risk
    treated = control + effects.benefit[arm].to_numpy(float)
    if trial.outcome_kind == "binary":
        return _binary(control, treated, direction(trial))
    if trial.outcome_kind == "time_to_event":
        if effects.spec.horizon is None:
            raise ValueError("effects on a time-to-event outcome have a horizon")
        return _event_times(control, treated, direction(trial), effects.spec.horizon)
    noise = [
        _residual_variance(direction(trial) * trial.outcome - mean, trial.arm_index == index, enrolled)
        for mean, index in ((control, 0), (treated, trial.arms.index(arm)))
    ]
    return NextOutcome(
        control_mean=control,
        control_square=control**2 + noise[0],
        treated_mean=treated,
        treated_square=treated**2 + noise[1],
        slope=2 * treated,
        curvature=np.ones(len(treated)),
        event_probability=np.full(len(treated), np.nan),
    )


def _residual_variance(residual: FloatArray, member: BoolArray, enrolled: BoolArray) -> float:
    """Mean squared residual of an arm's patients among the enrolled."""
    known = member & np.isfinite(residual)
    inside = known & enrolled
    return float(np.mean(residual[inside if inside.sum() >= _MINIMUM_RESIDUALS else known] ** 2))


def _binary(control: FloatArray, treated: FloatArray, sign: float) -> NextOutcome:
    """Moments of a 0/1 outcome: its square is itself, so the mean square moves with the mean."""
    control, treated = (sign * np.clip(sign * mean, _LEAST_CHANCE, 1.0 - _LEAST_CHANCE) for mean in (control, treated))
    return NextOutcome(
        control_mean=control,
        control_square=sign * control,
        treated_mean=treated,
        treated_square=sign * treated,
        slope=np.full(len(treated), sign),
        curvature=np.zeros(len(treated)),
        event_probability=np.full(len(treated), np.nan),
    )


def _event_times(control: FloatArray, treated: FloatArray, sign: float, horizon: float) -> NextOutcome:
    """Moments of min(T, h) for exponential T with the given restricted means."""
    law = _restricted_exponential()
    shares = [np.clip(sign * mean / horizon, _LEAST_TIME, 1.0 - _LEAST_TIME) for mean in (control, treated)]
    step = 0.5 * _LEAST_TIME
    lower, middle, upper = (law.square(shares[1] + move) for move in (-step, 0.0, step))
    return NextOutcome(
        control_mean=sign * horizon * shares[0],
        control_square=horizon**2 * law.square(shares[0]),
        treated_mean=sign * horizon * shares[1],
        treated_square=horizon**2 * middle,
        slope=sign * horizon * (upper - lower) / (2 * step),
        curvature=(upper - 2 * middle + lower) / (2 * step**2),
        event_probability=(law.event(shares[0]) + law.event(shares[1])) / 2,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _RestrictedExponential:
    """min(T, h) of an exponential T, in units of h, by its mean.

    With x the hazard times h: mean (1 - exp(-x)) / x, mean square 2 (1 - (1 + x) exp(-x)) / x^2, P(event) 1 - exp(-x).
    """

    mean: FloatArray
    mean_square: FloatArray
    event_probability: FloatArray

    def square(self, mean: FloatArray) -> FloatArray:
        return np.interp(mean, self.mean, self.mean_square)

    def event(self, mean: FloatArray) -> FloatArray:
        return np.interp(mean, self.mean, self.event_probability)


@lru_cache(maxsize=1)
def _restricted_exponential() -> _RestrictedExponential:
    hazard = np.geomspace(200.0, 1e-3, 4_000)
    gone = -np.expm1(-hazard)
    return _RestrictedExponential(
        mean=gone / hazard,
        mean_square=2 * (gone - hazard * np.exp(-hazard)) / hazard**2,
        event_probability=gone,
    )
