"""Checks for covariates that know the outcome: measured after randomisation, or made from it."""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from ite.trial.data import BoolArray, FloatArray, TrialData
from ite.trial.findings import Finding, green, percent
from ite.trial.labels import shown, shown_list

_AFTER = {
    "aval", "chg", "change", "cnsr", "dead", "death", "deceased", "died", "discontinued", "discontinuation", "dropout",
    "endpoint", "event", "final", "followup", "fu", "outcome", "post", "progression", "recurrence", "relapse",
    "responder", "response", "survival", "toxicity", "withdrawal", "withdrawn",
}  # fmt: skip
_BEFORE = {"age", "at", "baseline", "bl", "base", "family", "history", "last", "pre", "previous", "prior", "screening"}
_LATER_VISIT = re.compile(r"(?:^|_)(?:week|wk|month|mo|visit|day|year|yr|w|m|v|d|y)_?([1-9]\d*)(?:_|$)")
_FOLLOW_UP = re.compile(r"follow_?up|end_of|time_to|days_to|months_to")
PERFECT, NEARLY_PERFECT = 0.995, 0.95
FEWEST_TO_JUDGE, ENOUGH_TO_JUDGE = 5, 5_000
PRESENCE_RED, PRESENCE_AMBER = 0.9, 0.4


def check_leakage_by_name(trial: TrialData) -> list[Finding]:
    """Name covariates whose name speaks of something after randomisation."""
    suspects = tuple(name for name in trial.roles.covariates if sounds_later(name, trial.roles.event))
    if not suspects:
        return [green("Later by name", "No covariate's name speaks of follow-up or outcome.")]
    return [
        Finding(
            light="amber",
            name="Later by name",
            sentence=f"By its name, {shown_list(suspects)} may have been measured after randomisation.",
            columns=suspects,
            remedy="Leave it out unless it was measured before treatment began; otherwise it hides or fakes effects.",
        )
    ]


def sounds_later(name: str, event: str | None = None) -> bool:
    """Whether a column's name speaks of a later visit, follow-up or outcome, and not of history or baseline."""
    plain = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()).strip("_")
    words = set(plain.split("_"))
    if words & _BEFORE:
        return False
    event_words = {word for word in re.split(r"[^a-z]+", (event or "").lower()) if len(word) >= 5}
    return bool(words & (_AFTER | event_words) or _LATER_VISIT.search(plain) or _FOLLOW_UP.search(plain))


def check_leakage_by_prediction(trial: TrialData) -> list[Finding]:
    """Name covariates that alone predict the outcome almost perfectly, judged on at most about 5,000 patients."""
    every = max(1, trial.n // ENOUGH_TO_JUDGE)
    target = _target(trial, every)
    strengths = {str(name): _strength(column, target) for name, column in trial.covariates.iloc[::every].items()}
    suspects = tuple(name for name, strength in strengths.items() if strength >= NEARLY_PERFECT)
    if not suspects:
        return [green("Predicts the outcome", "No single covariate predicts the outcome almost perfectly.")]
    strongest = max(suspects, key=strengths.__getitem__)
    return [
        Finding(
            light="red" if strengths[strongest] >= PERFECT else "amber",
            name="Predicts the outcome",
            sentence=f"The outcome is predicted almost perfectly by {shown_list(suspects)} (strength of "
            f"{shown(strongest)}: {strengths[strongest]:.3f} of 1): probably measured after it, or made from it.",
            columns=suspects,
            remedy="Leave it out of the covariates.",
        )
    ]


def check_presence_by_event(trial: TrialData) -> list[Finding]:
    """Name covariates that are known only where the event happened, or only where it did not."""
    if trial.outcome_kind == "continuous":
        return []
    event = _target(trial).value
    had, free = event == 1, event == 0
    if min(had.sum(), free.sum()) < FEWEST_TO_JUDGE:
        return []
    covariates = trial.covariates
    known = {name: covariates[name].notna().to_numpy(dtype=bool) for name in trial.roles.covariates}
    gaps = {name: abs(float(present[had].mean() - present[free].mean())) for name, present in known.items()}
    suspects = tuple(name for name, gap in gaps.items() if gap > PRESENCE_AMBER)
    if not suspects:
        return [green("Known by outcome", "Every covariate is known about as often with the event as without it.")]
    worst = max(suspects, key=gaps.__getitem__)
    with_event, without = (percent(float(known[worst][group].mean())) for group in (had, free))
    return [
        Finding(
            light="red" if gaps[worst] >= PRESENCE_RED else "amber",
            name="Known by outcome",
            sentence=f"{shown(worst)} is known for {with_event} of the patients with the event and {without} of those "
            "without it, so its presence gives the outcome away.",
            columns=suspects,
            remedy="Leave it out of the covariates.",
        )
    ]


class _Target(NamedTuple):
    """The outcome, read once: who has one, its value (or the event), and the time where there is one."""

    known: BoolArray
    value: FloatArray
    time: FloatArray | None
    continuous: bool


def _target(trial: TrialData, every: int = 1) -> _Target:
    """Return the outcome of every so many-th patient."""
    if trial.outcome_kind == "time_to_event":
        time, event = trial.time[::every], trial.event[::every]
        return _Target(~np.isnan(time) & ~np.isnan(event), event, time, continuous=False)
    outcome = trial.outcome[::every]
    return _Target(~np.isnan(outcome), outcome, None, continuous=trial.outcome_kind == "continuous")


def _strength(column: pd.Series, target: _Target) -> float:
    """Return how well the covariate alone orders the outcome, in [0, 1]: |Spearman| or |2 AUC - 1|, the larger."""
    known = column.notna().to_numpy() & target.known
    values = _as_order(column, target.value, known)
    if values is None:
        return 0.0
    if target.continuous:
        return _rank_correlation(values, target.value[known])
    strengths = [_separation(values, target.value[known])]
    if target.time is not None and not isinstance(column.dtype, pd.CategoricalDtype):
        strengths.append(_rank_correlation(values, target.time[known]))
    return max(strengths)


def _as_order(column: pd.Series, outcome: FloatArray, known: BoolArray) -> FloatArray | None:
    """Return numbers to rank by; a category's level takes its mean outcome. None where too little is known."""
    present = column[known]
    if len(present.unique()) < 2:
        return None
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return present.to_numpy(dtype=np.float64)
    if column.nunique() * 10 > known.sum():  # levels of a few patients each predict anything in the data they come from
        return None
    codes = column.cat.codes.to_numpy()[known]
    sums, counts = np.bincount(codes, weights=outcome[known]), np.bincount(codes)
    return np.asarray(sums[codes] / counts[codes], dtype=np.float64)


def _rank_correlation(left: FloatArray, right: FloatArray) -> float:
    if np.ptp(left) == 0 or np.ptp(right) == 0:
        return 0.0
    return abs(float(np.corrcoef(stats.rankdata(left), stats.rankdata(right))[0, 1]))


def _separation(values: FloatArray, event: FloatArray) -> float:
    events = int(event.sum())
    others = len(event) - events
    if min(events, others) < FEWEST_TO_JUDGE:
        return 0.0
    area = (stats.rankdata(values)[event == 1].sum() - events * (events + 1) / 2) / (events * others)
    return abs(2 * float(area) - 1)
