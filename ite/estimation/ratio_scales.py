"""Ratios of two arms: each is a difference of logarithms of their means, with what it says and where it is defined."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ite.trial.data import TrialData

#: Patients with, and without, the outcome in each arm below which the interval of a ratio is called approximate.
FEW_EVENTS = 10


@dataclass(frozen=True, kw_only=True, eq=False)
class RatioScale:
    """One kind of ratio, treated over control, of the outcome as measured.

    Attributes
    ----------
    name : str
    log, slope : functions of a mean
        Logarithm of what is divided, and its derivative.
    meaning : str
        What the ratio is, with {arm} and {control}.
    rises : float
        1 where a larger mean makes the ratio larger, else -1.
    highest : float
        The mean lies above 0 and below this; `closed` lets it reach it.
    """

    name: str
    log: Callable[[float], float]
    slope: Callable[[float], float]
    meaning: str
    rises: float = 1.0
    highest: float = math.inf
    closed: bool = False

    def admits(self, mean: float) -> bool:
        """Whether an arm with this mean has a place on the scale."""
        return 0 < mean < self.highest or (self.closed and mean == self.highest)


RISK_RATIO = RatioScale(
    name="risk ratio",
    log=math.log,
    slope=lambda mean: 1 / mean,
    meaning="Probability of the outcome under {arm} divided by that under {control}.",
    highest=1.0,
    closed=True,
)
ODDS_RATIO = RatioScale(
    name="odds ratio",
    log=lambda mean: math.log(mean / (1 - mean)),
    slope=lambda mean: 1 / (mean * (1 - mean)),
    meaning="Odds of the outcome under {arm} divided by those under {control}, in the trial as a whole; the odds ratio "
    "among patients alike lies farther from 1.",
    highest=1.0,
)
RATIO_OF_MEANS = RatioScale(
    name="ratio of means",
    log=math.log,
    slope=lambda mean: 1 / mean,
    meaning="Mean under {arm} divided by the mean under {control}.",
)
RMST_RATIO = RatioScale(
    name="RMST ratio",
    log=math.log,
    slope=lambda mean: 1 / mean,
    meaning="Mean time free of the event up to the horizon under {arm} divided by that under {control}.",
)


def lost_time_ratio(horizon: float) -> RatioScale:
    """Return the ratio of restricted mean time lost up to a horizon, in the units of the time."""
    return RatioScale(
        name="RMTL ratio",
        log=lambda mean: math.log(horizon - mean),
        slope=lambda mean: -1 / (horizon - mean),
        meaning="Mean time lost to the event up to the horizon under {arm} divided by that under {control}.",
        rises=-1.0,
        highest=horizon,
    )


def ratio_scales(trial: TrialData, horizon: float | None) -> tuple[RatioScale, ...]:
    """Return the ratios that the kind of outcome has; a time-to-event outcome needs its horizon."""
    if trial.outcome_kind == "binary":
        return RISK_RATIO, ODDS_RATIO
    if trial.outcome_kind == "continuous":
        return (RATIO_OF_MEANS,)
    if horizon is None:
        raise ValueError("a time-to-event outcome has a horizon")
    return RMST_RATIO, lost_time_ratio(horizon)


def why_undefined(trial: TrialData, position: int, scale: RatioScale) -> str | None:
    """Return why the observed outcomes of an arm and of control have no such ratio; None where they have."""
    if trial.outcome_kind == "time_to_event":
        return None
    for place in (position, 0):
        observed = trial.outcome[(trial.arm_index == place) & ~trial.outcome_missing]
        if trial.outcome_kind == "continuous" and observed.min() < 0:
            return (
                f"Undefined: {trial.arms[place]} has values below 0; a ratio needs an outcome that cannot be negative."
            )
        if not observed.any():
            return f"Undefined: no patient of {trial.arms[place]} has the outcome."
        if scale is ODDS_RATIO and observed.all():
            return f"Undefined: every patient of {trial.arms[place]} has the outcome."
    return None


def caution(trial: TrialData, position: int) -> str:
    """Return a warning, with a space before it, where an arm has few patients with or without the outcome."""
    if trial.outcome_kind != "binary":
        return ""
    counts = []
    for place in (position, 0):
        observed = trial.outcome[(trial.arm_index == place) & ~trial.outcome_missing]
        counts += [int(np.sum(observed == 1)), int(np.sum(observed == 0))]
    few = min(counts)
    return "" if few >= FEW_EVENTS else f" An arm has {few} patients with, or without, the outcome: approximate."
