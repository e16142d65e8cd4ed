"""The source patients as the next trial meets them: what each one's outcome would be like in either arm.

Legend: outcomes are turned so that larger is better; h is the horizon of a time-to-event outcome.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from ite.estimation.outcome import direction
from ite.estimation.result import EffectEstimate
from ite.trial.data import BoolArray, FloatArray, TrialData
from ite.trial.survival import kaplan_meier

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


@dataclass(frozen=True, kw_only=True, eq=False)
class SourceOutcome:
    """Predicted outcomes of the source patients, before it is known who of them is enrolled.

    Attributes
    ----------
    predicted : NextOutcome
        Without noise where the outcome is continuous.
    residuals : tuple of array, shape (patients,), control and treated
        Observed minus predicted outcome, NaN for patients not observed in that arm; empty where the noise follows from
        the prediction.
    """

    predicted: NextOutcome
    residuals: tuple[FloatArray, ...]

    def among(self, enrolled: BoolArray) -> NextOutcome:
        """Return the moments of each patient's outcome where these are enrolled: theirs is the residual variance."""
        if not self.residuals:
            return self.predicted
        control, treated = (_residual_variance(residual, enrolled) for residual in self.residuals)
        return replace(
            self.predicted,
            control_square=self.predicted.control_square + control,
            treated_square=self.predicted.treated_square + treated,
        )


def source_outcome(trial: TrialData, effects: EffectEstimate, arm: str) -> SourceOutcome:
    """Return what each patient's outcome would be like in the next trial.

    Control means are the cross-fitted predictions of the outcome model. Around them: a continuous outcome has the
    residual variance of its arm among the enrolled; a binary one that of a coin; a time until an event is exponential
    with the hazard that gives the patient's restricted mean, each patient being followed to the horizon, and its spread
    is scaled by one factor per arm to that of the source's Kaplan-Meier curve.
    """
    control = effects.baseline_risk
    treated = control + effects.benefit[arm].to_numpy(float)
    if trial.outcome_kind == "binary":
        return SourceOutcome(predicted=_binary(control, treated, direction(trial)), residuals=())
    if trial.outcome_kind == "time_to_event":
        if effects.spec.horizon is None:
            raise ValueError("effects on a time-to-event outcome have a horizon")
        predicted = _event_times(control, treated, direction(trial), effects.spec.horizon)
        return SourceOutcome(predicted=_as_spread_as_seen(predicted, trial, arm, effects.spec.horizon), residuals=())
    outcome, index = direction(trial) * trial.outcome, trial.arm_index
    residuals = tuple(
        np.where(index == position, outcome - mean, np.nan)
        for mean, position in ((control, 0), (treated, trial.arms.index(arm)))
    )
    predicted = NextOutcome(
        control_mean=control,
        control_square=control**2,
        treated_mean=treated,
        treated_square=treated**2,
        slope=2 * treated,
        curvature=np.ones(len(treated)),
        event_probability=np.full(len(treated), np.nan),
    )
    return SourceOutcome(predicted=predicted, residuals=residuals)


def _residual_variance(residual: FloatArray, enrolled: BoolArray) -> float:
    """Mean squared residual of an arm's patients among the enrolled."""
    known = np.isfinite(residual)
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


def _as_spread_as_seen(predicted: NextOutcome, trial: TrialData, arm: str, horizon: float) -> NextOutcome:
    """Scale the noise of each arm so that min(T, h) of the arm varies as much as its Kaplan-Meier curve says."""
    index = trial.arm_index
    control, treated = (
        _noise_scale(trial, index == position, (mean, square), horizon)
        for position, mean, square in (
            (0, predicted.control_mean, predicted.control_square),
            (trial.arms.index(arm), predicted.treated_mean, predicted.treated_square),
        )
    )
    return replace(
        predicted,
        control_square=_rescaled(predicted.control_square, predicted.control_mean**2, control),
        treated_square=_rescaled(predicted.treated_square, predicted.treated_mean**2, treated),
        slope=_rescaled(predicted.slope, 2 * predicted.treated_mean, treated),
        curvature=_rescaled(predicted.curvature, np.ones(trial.n), treated),
    )


def _rescaled(value: FloatArray, without_noise: FloatArray, scale: float) -> FloatArray:
    return without_noise + scale * (value - without_noise)


def _noise_scale(trial: TrialData, member: BoolArray, moments: tuple[FloatArray, FloatArray], horizon: float) -> float:
    """Return the variance seen in an arm, less that of its predicted means, over the predicted noise; 0 at least."""
    known = member & ~trial.outcome_missing
    curve = kaplan_meier(trial.time[known], trial.event[known] == 1)
    start = np.append(curve["time"].to_numpy()[curve["time"] < horizon], horizon)
    survival = curve["survival"].to_numpy()[: len(start) - 1]
    mean = float(survival @ np.diff(start))
    seen = float(survival @ np.diff(start**2)) - mean**2
    means, squares = (moment[known] for moment in moments)
    return max(0.0, seen - float(means.var())) / float(np.mean(squares - means**2))


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
