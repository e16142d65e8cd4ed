"""Kaplan-Meier curves, restricted means, the log-rank test and the horizon, in plain NumPy."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from ite.errors import EstimateError
from ite.trial.data import FloatArray, TrialData
from ite.trial.endpoint import competing_indicator
from ite.trial.normal import NORMAL_975

MINIMUM_AT_RISK = 20
MINIMUM_SHARE_AT_RISK = 0.10
MINIMUM_CENSORING_SURVIVAL = 0.2


class RestrictedMean(NamedTuple):
    """Mean time free of the event up to a horizon, and its standard error, in units of time."""

    rmst: float
    se: float


class LogRank(NamedTuple):
    """Log-rank test of equal event rates in all arms."""

    statistic: float
    degrees_of_freedom: int
    p_value: float


def kaplan_meier(time: npt.ArrayLike, event: npt.ArrayLike) -> pd.DataFrame:
    """Return the Kaplan-Meier curve at time 0 and at every distinct observed time.

    Parameters
    ----------
    time, event : array, shape (n,)
        Follow-up times, and 1 for an event or 0 for censoring; no missing values.

    Returns
    -------
    DataFrame
        time, at_risk (just before that time), events, censored, survival (just after), se (Greenwood), and the 95 %
        interval lower, upper on the complementary log-log scale (NaN where the curve is at 0 or 1).

    Raises
    ------
    ValueError
        If there is nobody, or a value is missing.

    Source: Kaplan & Meier 1958, JASA 53:457-481; Greenwood 1926.
    """
    times, events = _observed(time, event)
    grid, position = np.unique(np.append(times, 0.0), return_inverse=True)
    position = position[:-1]
    died = np.asarray(np.bincount(position, weights=events, minlength=len(grid)), dtype=np.float64)
    left = np.bincount(position, minlength=len(grid)).astype(np.float64)
    at_risk = np.asarray(len(times) - np.cumsum(left) + left, dtype=np.float64)
    survival, hazard_variance = _product_limit(at_risk, died)
    se = np.where(survival > 0, survival * np.sqrt(hazard_variance), 0.0)
    lower, upper = _log_log_interval(survival, se)
    return pd.DataFrame(
        {
            "time": grid,
            "at_risk": at_risk.astype(np.int64),
            "events": died.astype(np.int64),
            "censored": (left - died).astype(np.int64),
            "survival": survival,
            "se": se,
            "lower": lower,
            "upper": upper,
        }
    )


def step_value(curve: pd.DataFrame, at: npt.ArrayLike, *, column: str = "survival", before: bool = False) -> FloatArray:
    """Read a Kaplan-Meier curve at given times; `before` takes the value just before a step at that very time.

    Beyond the last observed time the last value holds; before time 0, `survival` is 1 and every other column 0.
    """
    position = np.searchsorted(
        curve["time"].to_numpy(), np.asarray(at, dtype=float), side="left" if before else "right"
    )
    start = 1.0 if column == "survival" else 0.0
    return np.append(start, curve[column].to_numpy(dtype=float))[position]


def restricted_mean(time: npt.ArrayLike, event: npt.ArrayLike, horizon: float) -> RestrictedMean:
    """Return the area under the Kaplan-Meier curve up to the horizon, with Greenwood's standard error.

    The standard error is sqrt(sum of A_i^2 d_i / (n_i (n_i - d_i))) over event times before the horizon, with A_i the
    area from that time to the horizon. A curve that ends before the horizon is carried on at its last value.

    Raises
    ------
    ValueError
        If the horizon is not a positive number.

    Source: Irwin 1949; Royston & Parmar 2013, BMC Med Res Methodol 13:152.
    """
    if not (np.isfinite(horizon) and horizon > 0):
        raise ValueError(f"horizon must be a positive number, not {horizon}")
    curve = kaplan_meier(time, event)
    curve = curve[curve["time"] < horizon]
    at_risk, died = curve["at_risk"].to_numpy(dtype=float), curve["events"].to_numpy(dtype=float)
    widths = np.diff(np.append(curve["time"].to_numpy(), horizon))
    pieces = widths * curve["survival"].to_numpy()
    area_after = np.cumsum(pieces[::-1])[::-1]
    spread = at_risk * (at_risk - died)
    # Where the last patient at risk has the event, nothing remains after it: its term is 0, not 0/0.
    terms = np.divide(area_after**2 * died, spread, out=np.zeros_like(spread), where=spread > 0)
    return RestrictedMean(float(area_after[0]), float(np.sqrt(terms.sum())))


def logrank(time: npt.ArrayLike, event: npt.ArrayLike, group: npt.ArrayLike) -> LogRank:
    """Test that all groups share one event rate (Mantel's log-rank test, hypergeometric variance).

    Raises
    ------
    ValueError
        If there are fewer than two groups.

    Source: Mantel 1966; Peto & Peto 1972.
    """
    times, events = _observed(time, event)
    labels, membership = np.unique(np.asarray(group), return_inverse=True)
    if len(labels) < 2:
        raise ValueError("a log-rank test needs at least two groups")
    grid, position = np.unique(times, return_inverse=True)
    shape = (len(grid), len(labels))
    cell = position * len(labels) + membership
    left = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    died = np.bincount(cell, weights=events, minlength=shape[0] * shape[1]).reshape(shape)
    at_risk = np.cumsum(left[::-1], axis=0)[::-1].astype(float)
    total, deaths = at_risk.sum(axis=1), died.sum(axis=1)
    share = at_risk / total[:, None]
    excess = (died - share * deaths[:, None]).sum(axis=0)
    factor = deaths * np.divide(total - deaths, total - 1, out=np.zeros_like(total), where=total > 1)
    variance = np.diag(factor @ share) - (share * factor[:, None]).T @ share
    statistic = float(excess[:-1] @ np.linalg.pinv(variance[:-1, :-1]) @ excess[:-1])
    df = len(labels) - 1
    return LogRank(statistic, df, float(stats.chi2.sf(statistic, df)))


def at_risk_table(time: npt.ArrayLike, group: npt.ArrayLike, at: npt.ArrayLike) -> pd.DataFrame:
    """Count the patients still followed just before each time, one column per group in order of first appearance."""
    times, groups, moments = np.asarray(time, dtype=float), np.asarray(group), np.asarray(at, dtype=float)
    counts = {}
    for label in pd.unique(groups):
        own = np.sort(times[groups == label])
        counts[str(label)] = len(own) - np.searchsorted(own, moments, side="left")
    return pd.DataFrame({"time": moments, **counts})


def default_horizon(trial: TrialData) -> float:
    """Return the largest round time to which every arm of the trial can be followed.

    At it every arm keeps at least 10 % and at least 20 patients at risk, and the censoring survival of all patients
    pooled is at least 0.2. A round time is a multiple of 1, 2 or 5 times a power of ten, about a tenth of the range.

    Raises
    ------
    EstimateError
        If no time qualifies.
    """
    observed = ~trial.outcome_missing
    times, events, arm = trial.time[observed], trial.event[observed], trial.arm_index[observed]
    limit = min((_last_time_at_risk(times[arm == index]) for index in range(len(trial.arms))), default=0.0)
    limit = min(limit, _last_uncensored_time(times, events))
    horizon = _round_down(limit)
    if horizon <= 0:
        sizes = ", ".join(f"{label} {int((arm == index).sum())}" for index, label in enumerate(trial.arms))
        raise EstimateError(
            f"A horizon needs a time at which every arm still follows 10 % and at least {MINIMUM_AT_RISK} of its "
            f"patients, but this trial has none (patients with an outcome: {sizes}). Choose a horizon by hand, or "
            "merge small arms."
        )
    return horizon


def competing_count(trial: TrialData) -> pd.Series | None:
    """Count by arm the patients whom the competing event kept from the event; None where no role names one."""
    if trial.roles.competing is None:
        return None
    event_alone = replace(trial, roles=trial.roles.model_copy(update={"competing_as_event": False})).event
    prevented = competing_indicator(trial.frame, trial.roles, event_alone) == 1
    counts = np.bincount(trial.arm_index[prevented], minlength=len(trial.arms))
    return pd.Series(counts, index=pd.Index(trial.arms, name="arm"), name="competing")


def _observed(time: npt.ArrayLike, event: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    times, events = np.asarray(time, dtype=float), np.asarray(event, dtype=float)
    if len(times) == 0 or len(times) != len(events):
        raise ValueError(f"need as many times as events and at least one, got {len(times)} and {len(events)}")
    if np.isnan(times).any() or not np.isin(events, (0.0, 1.0)).all():
        raise ValueError("times must not be missing and events must be 0 or 1")
    return times, events


def _product_limit(at_risk: FloatArray, died: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return survival after each time and Greenwood's sum of d / (n (n - d))."""
    survival = np.cumprod(1 - np.divide(died, at_risk, out=np.zeros_like(died), where=at_risk > 0))
    spread = at_risk * (at_risk - died)
    return survival, np.cumsum(np.divide(died, spread, out=np.zeros_like(died), where=spread > 0))


def _log_log_interval(survival: FloatArray, se: FloatArray) -> tuple[FloatArray, FloatArray]:
    inside = (survival > 0) & (survival < 1)
    log_survival = np.log(np.where(inside, survival, 0.5))
    width = NORMAL_975 * se / np.where(inside, survival, 1.0) / -log_survival
    lower, upper = np.exp(log_survival * np.exp(width)), np.exp(log_survival * np.exp(-width))
    return np.where(inside, lower, np.nan), np.where(inside, upper, np.nan)


def _last_time_at_risk(times: FloatArray) -> float:
    """Return the latest time at which enough of these patients are still at risk, or 0."""
    needed = max(MINIMUM_AT_RISK, int(np.ceil(MINIMUM_SHARE_AT_RISK * len(times))))
    return float(np.sort(times)[-needed]) if len(times) >= needed else 0.0


def _last_uncensored_time(times: FloatArray, events: FloatArray) -> float:
    """Return the latest observed time at which the pooled probability of not being censored yet is large enough."""
    if len(times) == 0:
        return 0.0
    curve = kaplan_meier(times, 1 - events)
    enough = step_value(curve, curve["time"], before=True) >= MINIMUM_CENSORING_SURVIVAL
    return float(curve["time"].to_numpy()[enough].max())


def _round_down(limit: float) -> float:
    """Round down to a multiple of the largest 1, 2 or 5 x 10^k that is at most a tenth of the limit."""
    if not limit > 0:
        return 0.0
    power = 10.0 ** np.floor(np.log10(limit / 10))
    step = max(multiple * power for multiple in (1, 2, 5) if multiple * power <= limit / 10)
    return float(np.round(np.floor(limit / step + 1e-9) * step, 12))
