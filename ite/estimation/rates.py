"""Counts over unequal follow-up: the ratio of rates, events over time in each arm."""

import math

import numpy as np
import pandas as pd

from ite.errors import EstimateError
from ite.estimation.average_effect import critical_value, mean_with_se
from ite.estimation.outcome import direction
from ite.estimation.result import EffectEstimate
from ite.trial.data import FloatArray, TrialData

_LARGEST_TYPICAL_COUNT = 20
_NO_RATE = "Undefined: the estimated rate of an arm is not above 0."


def looks_like_counts(trial: TrialData) -> bool:
    """Guess whether the outcome counts events: whole numbers from 0, nobody below, half of the patients at 20 or less.

    A guess for what is offered; nothing is computed differently because of it.
    """
    if trial.outcome_kind != "continuous":
        return False
    seen = trial.outcome[~trial.outcome_missing]
    whole = bool(np.all(seen == np.round(seen)))
    return whole and float(seen.min()) == 0 and float(np.median(seen)) <= _LARGEST_TYPICAL_COUNT


def rate_ratios(trial: TrialData, effects: EffectEstimate, exposure: FloatArray) -> pd.DataFrame:
    """Return the rate of each treated arm over that of control: the mean count over the mean follow-up.

    The rate of an arm solves sum(score of the count - rate * score of the follow-up) = 0; the scores of the count are
    those of the effects, those of the follow-up are weighted by the probability of the arm, without covariates. The
    interval is that of the logarithm, from the joint covariance of both (between clusters where the trial has them);
    without covariates it is that of a Poisson regression with a robust variance. No distribution of the counts is
    assumed.

    Parameters
    ----------
    exposure : array, shape (patients,)
        Follow-up of each patient, in units of time.

    Returns
    -------
    DataFrame, one row per treated arm
        arm, rate, rate_control (events per unit of time), estimate, lower, upper (their ratio; NaN where undefined),
        favours, note.

    Raises
    ------
    EstimateError
        Where a count is below 0, or a follow-up is missing or not positive: the row is named.

    Source: Lin, Wei, Yang & Ying 2000, J R Stat Soc B 62:711-730 (rates without a Poisson assumption).
    """
    _require(trial, exposure)
    counts = direction(trial) * effects.known_scored().arm_scores
    times = _time_scores(trial, effects, exposure)
    rates = counts.mean(axis=0) / times.mean(axis=0)
    rows = []
    for place, arm in enumerate(trial.treated_arms, start=1):
        pair = [place, 0]
        interval = (math.nan,) * 3
        if rates[pair].min() > 0:
            # Each patient's part in the logarithm of each rate.
            parts = (counts - rates * times)[:, pair] / counts.mean(axis=0)[pair]
            se = mean_with_se(parts[:, 0] - parts[:, 1], effects.cluster)[1]
            reach = critical_value(effects.cluster) * se
            log_ratio = math.log(rates[place] / rates[0])
            interval = log_ratio, log_ratio - reach, log_ratio + reach
        rows.append(
            {
                "arm": arm,
                "rate": float(rates[place]),
                "rate_control": float(rates[0]),
                **dict(zip(("estimate", "lower", "upper"), map(math.exp, interval), strict=True)),
                "favours": _favoured(trial, arm, interval[1:]),
                "note": _meaning(trial, arm) if math.isfinite(interval[0]) else _NO_RATE,
            }
        )
    return pd.DataFrame(rows)


def _meaning(trial: TrialData, arm: str) -> str:
    side = "Above" if trial.roles.higher_is_better else "Below"
    name = trial.spoken(trial.roles.outcome)
    return f"Rate of {name} under {arm} divided by that under {trial.control}. {side} 1 is benefit."


def _time_scores(trial: TrialData, effects: EffectEstimate, exposure: FloatArray) -> FloatArray:
    """Scores of the mean follow-up in each arm, shape (patients, arms)."""
    probabilities, arm = effects.known_scored().probabilities, trial.arm_index
    scores = []
    for place in range(len(trial.arms)):
        weight = (arm == place) / probabilities[:, place]
        mean = float(weight @ exposure / weight.sum())
        scores.append(mean + weight * (exposure - mean))
    return np.column_stack(scores)


def _favoured(trial: TrialData, arm: str, logs: tuple[float, ...]) -> str:
    """Return the arm that an interval of the logarithm is on the side of."""
    lowest, highest = sorted(direction(trial) * end for end in logs)
    if not math.isfinite(lowest):
        return "unknown"
    if lowest > 0:
        return arm
    return trial.control if highest < 0 else "neither"


def _require(trial: TrialData, exposure: FloatArray) -> None:
    if trial.outcome_kind != "continuous":
        raise EstimateError(
            "A rate needs an outcome that counts events; this trial's outcome does not. Choose a count."
        )
    below = np.flatnonzero(trial.outcome < 0)
    if below.size:
        raise EstimateError(
            f"A count cannot be below 0, but row {below[0] + 1} holds {trial.outcome[below[0]]:g}; a rate is not "
            "defined for this outcome."
        )
    wrong = np.flatnonzero(~(exposure > 0))
    if wrong.size:
        found = "nothing" if np.isnan(exposure[wrong[0]]) else f"{exposure[wrong[0]]:g}"
        raise EstimateError(
            f"The follow-up of each patient should be a positive time, but row {wrong[0] + 1} holds {found}; complete "
            "the column or choose another."
        )
