"""Survival where controls switched to treatment: what the treatment does to time, by comparing untreated times.

Legend: psi says that a unit of time under treatment uses up exp(psi) units of the time that a patient would have had
untreated. The psi at which both arms, as randomised, have the same untreated times is the estimate. It assumes that
treatment works alike before and after a switch, and nothing about why patients switched.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.errors import ValuationError
from ite.trial.data import BoolArray, FloatArray, TrialData
from ite.trial.normal import NORMAL_975

#: Values of psi that are tried: treatment makes time run from a twentieth to twenty times as fast.
_GRID = np.linspace(-3.0, 3.0, 601)


@dataclass(frozen=True, kw_only=True, eq=False)
class FollowedArms:
    """Two arms as followed; each array has shape (patients,).

    Attributes
    ----------
    time, event, treated
        Follow-up, whether it ended with the event, and whether assigned to treatment.
    untreated
        Time without treatment: all of it for a control who never switched, none for one assigned to treatment.
    planned
        Time at which follow-up would have ended at the latest.
    """

    time: FloatArray
    event: BoolArray
    treated: BoolArray
    untreated: FloatArray
    planned: FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class SwitchAdjusted:
    """What treatment does to time where controls switched.

    Attributes
    ----------
    factor, lower, upper : float
        How many times as long the time to the event lasts under treatment, exp(-psi), with its 95 % interval: the
        factors that a log-rank test of the untreated times does not reject. Above 1 is longer. NaN where no factor, or
        no limit, lies between 1/20 and 20.
    switched : int
        Controls who switched.
    controls : int
    tests : DataFrame
        factor, z: the test at each factor tried.
    """

    factor: float
    lower: float
    upper: float
    switched: int
    controls: int
    tests: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        """The estimate as a table of one row."""
        names = ("factor", "lower", "upper", "switched", "controls")
        return pd.DataFrame([{name: getattr(self, name) for name in names}])


def switch_adjusted(trial: TrialData, arm: str, planned: FloatArray | None = None) -> SwitchAdjusted:
    """Return by how much an arm's treatment stretches time, had no control switched to it.

    Parameters
    ----------
    planned : array, shape (patients,), optional
        Longest time each patient could have been followed. Without it, everybody's is the longest follow-up of all,
        which is right where all were followed for the same time, and else recensors too little.

    Raises
    ------
    ValuationError
        Where the outcome is no time to an event, no role says when patients switched, or no control did.

    Source: Robins & Tsiatis 1991, Communications in Statistics 20:2609-2631 (g-estimation); White et al. 1999,
    Statistics in Medicine 18:2617-2634 (recensoring).
    """
    switch = trial.switch_time if trial.outcome_kind == "time_to_event" else None
    if switch is None:
        raise ValuationError(
            "What switching hides needs a time-to-event outcome and a column with the time of switching to treatment. "
            "Give one that part on the Data page."
        )
    position = trial.arms.index(arm)
    rows = np.isin(trial.arm_index, (0, position)) & ~trial.outcome_missing
    time, treated = trial.time[rows], trial.arm_index[rows] == position
    until_switch = np.fmin(np.where(np.isnan(switch[rows]), np.inf, switch[rows]), time)
    switched = int(np.sum(~treated & (until_switch < time)))
    if not switched:
        raise ValuationError("No control switched to treatment before follow-up ended: nothing has to be adjusted.")
    arms = FollowedArms(
        time=time,
        event=trial.event[rows] == 1,
        treated=treated,
        untreated=np.where(treated, 0.0, until_switch),
        planned=np.full(len(time), time.max()) if planned is None else planned[rows],
    )
    return g_estimate(arms, switched)


def g_estimate(arms: FollowedArms, switched: int) -> SwitchAdjusted:
    """Find the factors at which a log-rank test does not tell the untreated times of the arms apart."""
    z = np.array([untreated_log_rank(arms, psi) for psi in _GRID])
    low, middle, high = (_crossing(z, level) for level in (NORMAL_975, 0.0, -NORMAL_975))
    # The test falls as psi rises, so that it passes its upper limit at the longest time under treatment.
    return SwitchAdjusted(
        factor=float(np.exp(-middle)),
        lower=float(np.exp(-high)),
        upper=float(np.exp(-low)),
        switched=switched,
        controls=int(np.sum(~arms.treated)),
        tests=pd.DataFrame({"factor": np.exp(-_GRID), "z": z}),
    )


def untreated_log_rank(arms: FollowedArms, psi: float) -> float:
    """Return the log-rank z of the treated arm against control on the untreated times that psi implies, recensored.

    Censoring by the calendar would fall earlier or later in untreated time for those who were treated, which depends on
    prognosis; everybody is therefore censored at the earliest untreated time at which that could have happened.
    """
    pace = np.exp(psi)
    untreated = arms.untreated + pace * (arms.time - arms.untreated)
    last = arms.planned * min(1.0, pace)
    event = arms.event & (untreated <= last)
    time = np.minimum(untreated, last)
    order = np.argsort(time, kind="stable")
    time, event, treated = time[order], event[order], arms.treated[order]
    first = np.searchsorted(time, time[event], side="left")
    at_risk = len(time) - first
    share = np.cumsum(treated[::-1])[::-1][first] / at_risk
    variance = float(np.sum(share * (1 - share)))
    return float(np.sum(treated[event] - share)) / np.sqrt(variance) if variance > 0 else 0.0


def _crossing(z: FloatArray, level: float) -> float:
    """Return the psi at which z first rises or falls through a level, between two that were tried; NaN for none."""
    above = z > level
    change = np.flatnonzero(above[1:] != above[:-1])
    if not len(change):
        return float("nan")
    at = int(change[0])
    share = (level - z[at]) / (z[at + 1] - z[at])
    return float(_GRID[at] + share * (_GRID[at + 1] - _GRID[at]))
