"""The outcome by arm before any model: counts, means, curves and the unadjusted difference."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from ite.errors import EstimateError
from ite.trial.data import BoolArray, FloatArray, TrialData
from ite.trial.differences import (
    Difference,
    newcombe_difference,
    restricted_mean_difference,
    standard_error,
    welch_difference,
)
from ite.trial.survival import (
    LogRank,
    at_risk_table,
    competing_count,
    default_horizon,
    kaplan_meier,
    logrank,
    restricted_mean,
)

AT_RISK_COLUMNS = 6


@dataclass(frozen=True, kw_only=True, eq=False)
class OutcomeSummary:
    """What was observed in each arm; nothing adjusted.

    Attributes
    ----------
    scale : str
        What `value` is, in words: mean of the outcome, proportion, or restricted mean time to the horizon.
    horizon : float or None
        Horizon of a time-to-event outcome, in the units of the time column.
    arms : DataFrame, one row per arm, control first
        arm, n, missing (patients without an outcome), events (of a binary or time-to-event outcome), competing
        (patients whom a competing event kept from the event), value, se, median (time to event; the middle value
        otherwise). Unknown is NaN.
    differences : DataFrame, one row per treated arm
        arm, estimate, se, lower, upper (positive = benefit) and raw (as measured, treated minus control).
    logrank : LogRank or None
        Test of equal event rates in all arms.
    curves : DataFrame or None
        Kaplan-Meier curve of each arm: arm and the columns of `kaplan_meier`.
    at_risk : DataFrame or None
        Patients still followed at six times: time, and one column per arm.
    """

    scale: str
    horizon: float | None
    arms: pd.DataFrame
    differences: pd.DataFrame
    logrank: LogRank | None = None
    curves: pd.DataFrame | None = None
    at_risk: pd.DataFrame | None = None


class LandmarkRisk(NamedTuple):
    """Risk of the event by a landmark among patients whose follow-up to it is complete."""

    n: int
    risk_treated: float
    risk_control: float
    reduction: float
    number_needed_to_treat: float | None


def describe_outcome(trial: TrialData, horizon: float | None = None) -> OutcomeSummary:
    """Summarise the outcome of each arm and its unadjusted difference from control.

    A continuous outcome is compared by Welch's interval, a binary one by Newcombe's hybrid score interval, a
    time-to-event outcome by restricted means with Greenwood's standard error.

    Raises
    ------
    EstimateError
        If an arm has no outcome at all, or the horizon lies beyond the follow-up of an arm.
    """
    observed = ~trial.outcome_missing
    arm_index = trial.arm_index
    masks = [observed & (arm_index == index) for index in range(len(trial.arms))]
    empty = [label for label, mask in zip(trial.arms, masks, strict=True) if not mask.any()]
    if empty:
        raise EstimateError(
            f"Each arm needs patients with an outcome, but arm '{empty[0]}' has none; leave that arm out."
        )
    if trial.outcome_kind == "time_to_event":
        return _describe_survival(trial, masks, horizon)
    outcome = trial.outcome
    values = [outcome[mask] for mask in masks]
    binary = trial.outcome_kind == "binary"
    compare = newcombe_difference if binary else welch_difference
    arms = _arm_rows(trial, masks).assign(
        events=[value.sum() if binary else np.nan for value in values],
        value=[value.mean() for value in values],
        se=[standard_error(value, binary=binary) for value in values],
        median=[np.nan if binary else np.median(value) for value in values],
    )
    differences = [compare(value, values[0]) for value in values[1:]]
    scale = f"{'proportion with' if binary else 'mean of'} {trial.spoken(trial.roles.outcome)}"
    return OutcomeSummary(scale=scale, horizon=None, arms=arms, differences=_difference_rows(trial, differences))


def landmark_risk(trial: TrialData, arm: str, landmark: float) -> LandmarkRisk:
    """Compare the risk of the event by a landmark, over patients followed completely to it or to their event.

    Raises
    ------
    EstimateError
        If nobody in one of the two arms is followed that far.
    """
    complete, event = landmark_outcome(trial, landmark)
    risks = []
    for label in (arm, trial.control):
        own = complete & (trial.arm_index == trial.arms.index(label))
        if not own.any():
            raise EstimateError(f"Nobody in arm '{label}' is followed to {landmark:g}; choose an earlier landmark.")
        risks.append((int(own.sum()), float(event[own].mean())))
    (n_treated, active), (n_control, passive) = risks
    needed = None if active == passive else 1 / (passive - active)
    return LandmarkRisk(n_treated + n_control, active, passive, passive - active, needed)


def landmark_outcome(trial: TrialData, landmark: float) -> tuple[BoolArray, FloatArray]:
    """Return who is followed completely to the landmark, and 1 for an event by then; both of shape (n,)."""
    had_event = (trial.event == 1) & (trial.time <= landmark)
    return had_event | (trial.time >= landmark), had_event.astype(np.float64)


def _describe_survival(trial: TrialData, masks: list[BoolArray], horizon: float | None) -> OutcomeSummary:
    until = default_horizon(trial) if horizon is None else horizon
    time, event = trial.time, trial.event
    check_horizon(trial, until)
    means = [restricted_mean(time[mask], event[mask], until) for mask in masks]
    curves = [kaplan_meier(time[mask], event[mask]) for mask in masks]
    arms = _arm_rows(trial, masks).assign(
        events=[event[mask].sum() for mask in masks],
        value=[mean.rmst for mean in means],
        se=[mean.se for mean in means],
        median=[_median_survival(curve) for curve in curves],
    )
    observed = np.logical_or.reduce(masks)
    labels = np.array(trial.arms, dtype=object)[trial.arm_index]
    order = np.argsort(trial.arm_index[observed], kind="stable")  # control is the first column of the table at risk
    return OutcomeSummary(
        scale=f"mean time free of the event to {until:g}, in the units of {trial.spoken(trial.roles.time)}",
        horizon=until,
        arms=arms,
        differences=_difference_rows(trial, [restricted_mean_difference(mean, means[0]) for mean in means[1:]]),
        logrank=logrank(time[observed], event[observed], trial.arm_index[observed]),
        curves=pd.concat(
            [curve.assign(arm=label) for label, curve in zip(trial.arms, curves, strict=True)], ignore_index=True
        ),
        at_risk=at_risk_table(time[observed][order], labels[observed][order], np.linspace(0, until, AT_RISK_COLUMNS)),
    )


def check_horizon(trial: TrialData, horizon: float) -> None:
    """Refuse a horizon that is not positive or beyond the longest follow-up of an arm.

    Raises
    ------
    EstimateError
        Naming the arm and its longest follow-up.
    """
    if not horizon > 0:
        raise EstimateError(f"The horizon must be a positive time, but is {horizon:g}.")
    time, arm_index = trial.time, trial.arm_index
    for index, label in enumerate(trial.arms):
        longest = float(np.nanmax(time[arm_index == index]))
        if longest < horizon:
            raise EstimateError(
                f"The horizon is {horizon:g}, but the longest follow-up in arm '{label}' is {longest:g}; choose a "
                "horizon at or before it."
            )


def _arm_rows(trial: TrialData, masks: list[BoolArray]) -> pd.DataFrame:
    sizes = np.bincount(trial.arm_index, minlength=len(trial.arms))
    competing = competing_count(trial) if trial.outcome_kind == "time_to_event" else None
    return pd.DataFrame(
        {
            "arm": list(trial.arms),
            "n": sizes,
            "missing": sizes - np.array([mask.sum() for mask in masks]),
            "competing": np.nan if competing is None else competing.to_numpy(dtype=np.float64),
        }
    )


def _difference_rows(trial: TrialData, differences: list[Difference]) -> pd.DataFrame:
    """Turn differences towards benefit; where lower is better the interval changes ends."""
    raw = pd.DataFrame(differences, columns=Difference._fields)
    sign = 1 if trial.roles.higher_is_better else -1
    turned = raw if sign == 1 else raw.assign(estimate=-raw["estimate"], lower=-raw["upper"], upper=-raw["lower"])
    turned = turned.assign(raw=raw["estimate"])
    turned.insert(0, "arm", list(trial.treated_arms))
    return turned


def _median_survival(curve: pd.DataFrame) -> float:
    """Return the first time at which at most half are free of the event, NaN where the curve stays above."""
    half = curve.loc[curve["survival"] <= 0.5, "time"]
    return float(half.iloc[0]) if len(half) else float("nan")
