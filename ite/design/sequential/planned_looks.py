"""A trial with one analysis, given looks on the way: its patients, its calendar, and what an interim result says."""

import numpy as np
import pandas as pd

from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.trial_size import OneAnalysis, whole_arms
from ite.design.sequential.boundary import Boundary
from ite.design.sequential.conditional import conditional_power, current_trend, predictive_power
from ite.design.sequential.futility import Futility
from ite.design.sequential.group_sequential import GroupSequential, GroupSequentialPlan
from ite.design.sequential.operating import OperatingCharacteristics
from ite.trial.columns import FloatArray

_CURVE_POINTS = 61
#: Interim results are followed over these z-statistics.
_LOWEST_Z, _HIGHEST_Z = -1.5, 4.5


def with_looks(trial: OneAnalysis, boundary: Boundary, futility: Futility | None = None) -> GroupSequential:
    """Return the design of a trial that may stop early; the level of the whole trial is that of the boundary."""
    timed = isinstance(trial.endpoint, LogRank)
    return GroupSequential(
        endpoint=trial.endpoint,
        boundary=boundary,
        futility=futility,
        power=trial.power,
        event_times=trial.event_times() if timed else None,
        final_month=trial.final_month if timed else None,
    )


def patients_to_enrol(trial: OneAnalysis, plan: GroupSequentialPlan) -> tuple[int, int]:
    """Return whole patients under treatment and under control if no look stops the trial, drop-out included."""
    if plan.n_total is None:
        raise ValueError("a log-rank test has patients only with a calendar: plan it by `with_looks`")
    lost = 0.0 if isinstance(trial.endpoint, LogRank) else trial.dropout
    return whole_arms(plan.n_total / (1.0 - lost), trial.endpoint.allocation_ratio)


def look_table(trial: OneAnalysis, plan: GroupSequentialPlan) -> pd.DataFrame:
    """Return the looks with their bounds and how often the trial stops there.

    Returns
    -------
    DataFrame, one row per look
        look; month; patients (with an outcome) or events; z_benefit and p_benefit (nominal, one-sided); the
        probabilities, in percent, to stop there for benefit, under the assumed effect and under none; z_futility and
        the same for futility, which at the last look means that the benefit is not shown; the estimates at both bounds,
        and the information in percent. What does not exist is NaN.
    """
    looks, effect, none = plan.looks, _stopping(plan.operating, 0), _stopping(plan.operating, -1)
    return pd.DataFrame(
        {
            "look": looks["look"],
            "month": months_of_looks(trial, plan),
            "events" if isinstance(trial.endpoint, LogRank) else "patients": looks["size"],
            "z_benefit": looks["z_efficacy"],
            "p_benefit": looks["p_efficacy"],
            "benefit_if_effect": 100.0 * effect["efficacy"],
            "benefit_if_none": 100.0 * none["efficacy"],
            "z_futility": looks["z_futility"],
            "futility_if_effect": 100.0 * effect["futility"],
            "futility_if_none": 100.0 * none["futility"],
            "estimate_benefit": looks["effect_efficacy"],
            "estimate_futility": looks["effect_futility"],
            "information_percent": 100.0 * looks["information_fraction"],
        }
    )


def months_of_looks(trial: OneAnalysis, plan: GroupSequentialPlan) -> FloatArray:
    """Return the month of each look under the assumed effect.

    Event times: when the events are expected. Else when the last patient needed has been followed up, patients entering
    evenly.
    """
    if isinstance(trial.endpoint, LogRank):
        return plan.looks["month"].to_numpy(float)
    fractions = plan.looks["information_fraction"].to_numpy(float)
    return np.asarray(fractions * trial.accrual_months + trial.follow_up_months)


def size_table(plan: GroupSequentialPlan) -> pd.DataFrame:
    """Return the size with one analysis, the largest with looks, and the expected one by true effect: design, size."""
    expected = plan.operating.truths
    return pd.DataFrame(
        {
            "design": ["one analysis", "with looks, at most", *(f"expected, {name}" for name in expected["truth"])],
            "size": [plan.fixed_size, plan.max_size, *expected["expected_size"]],
        }
    )


def interim_result(plan: GroupSequentialPlan, design: GroupSequential, look: int, estimate: float) -> pd.DataFrame:
    """Return what an estimate at a look before the last says about the end; one row, columns as `interim_curve`.

    Parameters
    ----------
    look
        Counted from 1.
    estimate
        In units of the endpoint: difference of means or of rates, or hazard ratio.
    """
    share = design.endpoint.share_of_effect(estimate)
    fraction = float(plan.bounds.fractions[look - 1])
    return _interim(plan, design, fraction, np.array([share * plan.drift * np.sqrt(fraction)]))


def interim_curve(plan: GroupSequentialPlan, design: GroupSequential, look: int) -> pd.DataFrame:
    """Return what the possible estimates at a look say about the end, if nobody looks in between.

    Returns
    -------
    DataFrame with columns z, estimate, and the probabilities to reject at the end: under the assumed effect, if the
    trend goes on, and predictive (averaged over the posterior from a flat prior).
    """
    return _interim(
        plan, design, float(plan.bounds.fractions[look - 1]), np.linspace(_LOWEST_Z, _HIGHEST_Z, _CURVE_POINTS)
    )


def _interim(plan: GroupSequentialPlan, design: GroupSequential, fraction: float, z: FloatArray) -> pd.DataFrame:
    critical, expected = float(plan.bounds.upper[-1]), plan.drift * np.sqrt(fraction)
    return pd.DataFrame(
        {
            "z": z,
            "estimate": [design.endpoint.effect_at_share(share) for share in (z / expected).tolist()],
            "assumed": conditional_power(z, fraction, critical=critical, drift=plan.drift),
            "trend": conditional_power(z, fraction, critical=critical, drift=current_trend(z, fraction)),
            "predictive": predictive_power(z, fraction, critical=critical),
        }
    )


def _stopping(operating: OperatingCharacteristics, place: int) -> pd.DataFrame:
    """Return the stopping probabilities by look under the truth at a place of the table of truths."""
    name = operating.truths["truth"].iloc[place]
    under: pd.DataFrame = operating.stopping[operating.stopping["truth"] == name]
    return under.reset_index(drop=True)
