"""The outcome as the scores see it: one number per patient, larger is better."""

import math
from dataclasses import dataclass

import numpy as np

from ite.errors import EstimateError
from ite.estimation.censoring import CENSORING_FLOOR, FollowUp, restricted_time
from ite.estimation.spec import EffectSpec
from ite.trial.data import BoolArray, FloatArray, IntArray, TrialData
from ite.trial.survival import default_horizon


@dataclass(frozen=True, kw_only=True, eq=False)
class TurnedOutcome:
    """Outcome turned so that larger is better.

    Attributes
    ----------
    value : array, shape (patients,)
        NaN where missing. A time-to-event outcome is the censoring-unbiased restricted time.
    truncated : int
        Patients with a truncated censoring weight.
    largest_weight : float
        Largest censoring weight; NaN for an outcome that is not a time to an event.
    """

    value: FloatArray
    truncated: int = 0
    largest_weight: float = math.nan


def direction(trial: TrialData) -> float:
    """1 where a larger outcome is better for the patient, else -1."""
    return 1.0 if trial.roles.higher_is_better else -1.0


def resolve_horizon(trial: TrialData, spec: EffectSpec) -> float | None:
    """Horizon of a time-to-event outcome: the spec's, else the default; None for other outcomes.

    Raises
    ------
    EstimateError
        Where the horizon lies beyond the follow-up of an arm.
    """
    if trial.outcome_kind != "time_to_event":
        return None
    if spec.horizon is None:
        return default_horizon(trial)
    for position, arm in enumerate(trial.arms):
        time = trial.time[(trial.arm_index == position) & ~trial.outcome_missing]
        if len(time) == 0 or float(time.max()) < spec.horizon:
            longest = f"{time.max():g}" if len(time) else "unknown"
            raise EstimateError(
                f"The horizon {spec.horizon:g} lies beyond the follow-up of arm {arm} (longest: {longest}). "
                f"Choose a horizon of at most that."
            )
    return spec.horizon


def effect_scale(trial: TrialData, horizon: float | None) -> str:
    """Say in words what one unit of effect is."""
    if trial.outcome_kind == "time_to_event":
        return f"difference in restricted mean {trial.spoken(trial.roles.time)} up to {horizon:g}"
    if trial.outcome_kind == "binary":
        return f"difference in the probability of {trial.spoken(trial.roles.outcome)}"
    return f"difference in mean {trial.spoken(trial.roles.outcome)}"


def turned_outcome(trial: TrialData, features: FloatArray, fold: IntArray, horizon: float | None) -> TurnedOutcome:
    """Return the outcome of each patient, turned so that larger is better."""
    if horizon is None:
        return TurnedOutcome(value=direction(trial) * trial.outcome)
    known: BoolArray = ~trial.outcome_missing
    follow_up = FollowUp(
        features=features[known],
        time=trial.time[known],
        event=trial.event[known] == 1,
        arm=trial.arm_index[known],
    )
    restricted = restricted_time(follow_up, fold[known], horizon)
    value = np.full(trial.n, np.nan)
    value[known] = direction(trial) * restricted.value
    return TurnedOutcome(value=value, truncated=restricted.truncated, largest_weight=restricted.largest_weight)


def truncation_note(truncated: int) -> str | None:
    """Sentence about truncated censoring weights, or None where there are none."""
    if truncated == 0:
        return None
    patients = "1 patient" if truncated == 1 else f"{truncated} patients"
    return (
        f"{patients} had a probability below {CENSORING_FLOOR:g} of being uncensored: the weight was truncated there."
    )
