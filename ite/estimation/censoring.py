"""A time-to-event outcome with censoring becomes one number per patient: the censoring-unbiased restricted time.

Every later step then treats it like a continuous outcome.
"""

from dataclasses import dataclass

import numpy as np

from ite.estimation.ridge_cox import RidgeCox, fit_ridge_cox, partial_log_likelihood
from ite.trial.data import BoolArray, FloatArray, IntArray

#: Smallest probability of being uncensored that a weight may use.
CENSORING_FLOOR = 0.05
#: Ridge penalties tried, strongest first; the first is the model without covariates.
PENALTIES = (np.inf, 1000.0, 100.0, 10.0)
#: Longest time grid; beyond it, times are gathered in as many groups of equal size.
LONGEST_GRID = 1_000
#: Patients handled at once, which bounds memory at patients x grid.
_BLOCK = 2_000


@dataclass(frozen=True, kw_only=True, eq=False)
class FollowUp:
    """Follow-up of the patients whose time is known.

    Attributes
    ----------
    features : array, shape (patients, features)
    time : array, shape (patients,)
    event : array, shape (patients,)
    arm : array, shape (patients,)
    """

    features: FloatArray
    time: FloatArray
    event: BoolArray
    arm: IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class RestrictedTime:
    """Transformed outcome and what its weights look like.

    Attributes
    ----------
    value : array, shape (patients,)
    truncated : int
        Patients for whom a censoring weight was truncated at 1 / `CENSORING_FLOOR`.
    largest_weight : float
        Largest censoring weight in use, after truncation; 1 where nobody is censored before the horizon.
    penalties : tuple of float
        Ridge penalty chosen for the events and for the censoring.
    """

    value: FloatArray
    truncated: int
    largest_weight: float
    penalties: tuple[float, float]


def restricted_time(follow_up: FollowUp, fold: IntArray, horizon: float) -> RestrictedTime:
    """Return the augmented inverse-probability-of-censoring transform of min(T, horizon), cross-fitted by arm.

    value = D U / G(U-) + integral over [0, U] of Q(u) / G(u) dM(u), where U is the time followed up to the horizon, D
    whether min(T, horizon) was seen, G the probability of not being censored, M the censoring martingale and
    Q(u) = E[min(T, horizon) | T > u, x]. Its mean given x is E[min(T, horizon) | x] when either G or the event model
    is right. G and Q come from ridge-penalised Cox models of each arm, fitted without the patient's fold; the penalty
    (none of the covariates among the choices) has the largest held-out partial likelihood.

    Source: Rubin & van der Laan 2007, Int J Biostat 3(1):4; Cui et al. 2023, J R Stat Soc B 85:179-211, section 2.3.
    """
    events = _cross_fit_hazards(follow_up, fold, follow_up.time, follow_up.event)
    # At equal times events come first, so a patient with the event is no longer at risk of being censored.
    censoring_time = np.where(follow_up.event, np.nextafter(follow_up.time, -np.inf), follow_up.time)
    censored = ~follow_up.event & (follow_up.time < horizon)
    censoring = _cross_fit_hazards(follow_up, fold, censoring_time, censored)
    value, uncensored = np.empty((2, len(fold)))
    for (held_out, arm), event_model in events.models.items():
        members = np.flatnonzero((fold == held_out) & (follow_up.arm == arm))
        for block in np.array_split(members, max(1, len(members) // _BLOCK)):
            censoring_model = censoring.models[held_out, arm]
            value[block], uncensored[block] = _transform(follow_up, block, event_model, censoring_model, horizon)
    return RestrictedTime(
        value=value,
        truncated=int(np.sum(uncensored < CENSORING_FLOOR)),
        largest_weight=1 / max(float(uncensored.min()), CENSORING_FLOOR),
        penalties=(events.penalty, censoring.penalty),
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _HazardModels:
    models: dict[tuple[int, int], RidgeCox]
    penalty: float


def _cross_fit_hazards(follow_up: FollowUp, fold: IntArray, time: FloatArray, event: BoolArray) -> _HazardModels:
    """Fit one model per held-out fold and arm, with the penalty of the largest held-out partial likelihood."""
    fits: list[dict[tuple[int, int], RidgeCox]] = [{} for _ in PENALTIES]
    held_out_fit = np.zeros(len(PENALTIES))
    for held_out in np.unique(fold):
        for arm in np.unique(follow_up.arm):
            training = (fold != held_out) & (follow_up.arm == arm)
            testing = (fold == held_out) & (follow_up.arm == arm)
            start = None
            for choice, penalty in enumerate(PENALTIES):
                fit = fit_ridge_cox(follow_up.features[training], time[training], event[training], penalty, start)
                start = fit.coefficients
                fits[choice][int(held_out), int(arm)] = fit
                predictor = fit.log_hazard_ratio(follow_up.features[testing])
                held_out_fit[choice] += partial_log_likelihood(predictor, time[testing], event[testing])
    best = int(np.argmax(held_out_fit))
    return _HazardModels(models=fits[best], penalty=PENALTIES[best])


def _time_grid(times: FloatArray) -> FloatArray:
    distinct = np.unique(times)
    if len(distinct) <= LONGEST_GRID:
        return distinct
    return np.unique(np.quantile(distinct, np.linspace(0, 1, LONGEST_GRID), method="higher"))


def _transform(
    follow_up: FollowUp, members: IntArray, events: RidgeCox, censoring: RidgeCox, horizon: float
) -> tuple[FloatArray, FloatArray]:
    """Return the transform of `members`, and the probability of being uncensored behind each one's weight."""
    grid = _time_grid(np.concatenate([events.times, censoring.times]))
    grid = grid[grid < horizon]
    features = follow_up.features[members]
    survival = np.exp(-events.cumulative(features, grid))
    uncensored = np.exp(-censoring.cumulative(features, grid))
    expected = _expected_time(grid, survival, horizon)

    followed = np.minimum(follow_up.time[members], horizon)
    seen = follow_up.event[members] | (follow_up.time[members] >= horizon)
    # Weights and hazard from the same floored curve: the transform of a constant stays that constant.
    floored = np.maximum(uncensored, CENSORING_FLOOR)
    hazard = 1.0 - floored / np.concatenate([np.ones((len(members), 1)), floored[:, :-1]], axis=1)
    # A patient who is seen to fail at U is at risk of censoring strictly before U; one who is censored at U, until U.
    at_risk = np.where(seen[:, None], grid[None, :] < followed[:, None], grid[None, :] <= followed[:, None])
    compensator = np.sum(np.where(at_risk, expected / floored * hazard, 0.0), axis=1)

    last = np.searchsorted(grid, followed, side="right") - 1
    just_before = np.searchsorted(grid, followed, side="left") - 1
    rows = np.arange(len(members))
    weight_seen = np.where(just_before >= 0, uncensored[rows, just_before], 1.0) if len(grid) else np.ones(len(members))
    weight_lost = np.where(last >= 0, uncensored[rows, last], 1.0) if len(grid) else np.ones(len(members))
    expected_at_loss = np.where(last >= 0, expected[rows, last], np.nan) if len(grid) else followed
    expected_at_loss = np.where(last >= 0, expected_at_loss, _expected_from_start(grid, survival, horizon))
    expected_at_loss = np.maximum(expected_at_loss, followed)
    contribution = np.where(
        seen,
        followed / np.maximum(weight_seen, CENSORING_FLOOR),
        expected_at_loss / np.maximum(weight_lost, CENSORING_FLOOR),
    )
    return contribution - compensator, np.where(seen, weight_seen, weight_lost)


def _steps(grid: FloatArray, horizon: float) -> FloatArray:
    return np.diff(np.append(grid, horizon))


def _expected_time(grid: FloatArray, survival: FloatArray, horizon: float) -> FloatArray:
    """E[min(T, horizon) | T > u, x] at each grid time u, shape (patients, times)."""
    area = survival * _steps(grid, horizon)[None, :]
    remaining = np.cumsum(area[:, ::-1], axis=1)[:, ::-1]
    ratio = np.divide(remaining, survival, out=np.zeros_like(remaining), where=survival > 0)
    return grid[None, :] + np.minimum(ratio, horizon - grid[None, :])


def _expected_from_start(grid: FloatArray, survival: FloatArray, horizon: float) -> FloatArray:
    """E[min(T, horizon) | x], shape (patients,)."""
    if not len(grid):
        return np.full(len(survival), horizon)
    expected: FloatArray = grid[0] + np.sum(survival * _steps(grid, horizon)[None, :], axis=1)
    return expected
