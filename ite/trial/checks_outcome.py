"""Checks of the outcome: events, follow-up times, a usable horizon, competing events."""

import numpy as np

from ite.errors import EstimateError
from ite.trial.data import TrialData
from ite.trial.findings import Finding, arm_counts, green, percent, positions
from ite.trial.labels import shown, shown_list
from ite.trial.survival import competing_count, default_horizon

FEW_EVENTS = 10


def check_events(trial: TrialData) -> list[Finding]:
    """Every arm needs events (or a varying outcome), and enough of them."""
    if trial.outcome_kind == "continuous":
        return _check_varies(trial)
    survival = trial.outcome_kind == "time_to_event"
    values, column = (trial.event, trial.roles.event) if survival else (trial.outcome, trial.roles.outcome)
    arm, known = trial.arm_index, ~trial.outcome_missing
    counts = np.bincount(arm[known], weights=values[known], minlength=len(trial.arms))
    if not survival:  # of a binary outcome the rarer value decides how much is known
        counts = np.minimum(counts, np.bincount(arm[known], minlength=len(trial.arms)) - counts)
    word = "events" if survival else "patients with the rarer outcome"
    found = arm_counts(trial.arms, counts)
    if counts.sum() == 0:
        return [
            Finding(
                light="red",
                name="Events",
                sentence=f"There are no {word} in column {shown(column)}: every patient has the same outcome.",
                columns=(str(column),),
                remedy="Choose another outcome, or check which value of the column marks the event.",
            )
        ]
    few = [label for label, count in zip(trial.arms, counts, strict=True) if count < FEW_EVENTS]
    if not few:
        return [green("Events", f"Number of {word}: {found}.")]
    return [
        Finding(
            light="red" if survival and (counts == 0).any() else "amber",
            name="Events",
            sentence=f"Fewer than {FEW_EVENTS} {word} in arm {shown_list(few)} ({found}).",
            columns=(str(column),),
            remedy="Choose a more frequent outcome or wait for longer follow-up; with so few, differences between "
            "patients cannot be found.",
        )
    ]


def _check_varies(trial: TrialData) -> list[Finding]:
    column = str(trial.roles.outcome)
    if np.nanmax(trial.outcome) > np.nanmin(trial.outcome):
        return [green("Outcome varies", f"The outcome {shown(column)} varies between patients.")]
    return [
        Finding(
            light="red",
            name="Outcome varies",
            sentence=f"Every patient has the same value in the outcome {shown(column)}.",
            columns=(column,),
            remedy="Choose another outcome.",
        )
    ]


def check_times(trial: TrialData) -> list[Finding]:
    """Follow-up times must be positive; a time of 0 adds nothing."""
    if trial.outcome_kind != "time_to_event":
        return []
    column, negative, zero = str(trial.roles.time), trial.time < 0, trial.time == 0
    if negative.any():
        return [
            Finding(
                light="red",
                name="Follow-up times",
                sentence=f"{int(negative.sum())} follow-up times in column {shown(column)} are below 0.",
                rows=positions(negative),
                columns=(column,),
                remedy="Correct these dates, or leave the time empty where it is not known.",
            )
        ]
    if zero.any():
        return [
            Finding(
                light="amber",
                name="Follow-up times",
                sentence=f"{int(zero.sum())} follow-up times in column {shown(column)} are 0.",
                rows=positions(zero),
                columns=(column,),
                remedy="Check these patients; they count as seen once and lost, or as having the event at once.",
            )
        ]
    return [green("Follow-up times", f"All known times in column {shown(column)} are above 0.")]


def check_horizon_reached(trial: TrialData) -> list[Finding]:
    """Look for a default horizon: a time to which every arm can be followed."""
    if trial.outcome_kind != "time_to_event" or (trial.time < 0).any():
        return []
    try:
        horizon = default_horizon(trial)
    except EstimateError as error:
        return [
            Finding(
                light="amber",
                name="Horizon",
                sentence=str(error),
                columns=(str(trial.roles.time),),
                remedy="Name a horizon that both arms were followed to.",
            )
        ]
    return [green("Horizon", f"Every arm can be followed to {horizon:g}, the default horizon.")]


def check_competing(trial: TrialData) -> list[Finding]:
    """Count the competing events that keep patients from the event."""
    counts = competing_count(trial) if trial.outcome_kind == "time_to_event" else None
    if counts is None:
        return []
    total, column = int(counts.sum()), str(trial.roles.competing)
    words = f"{total} of {trial.n} patients had {shown(column)} without the event ({arm_counts(counts.index, counts)})"
    if total == 0:
        return [green("Competing events", f"No patient had {shown(column)} without the event.")]
    if trial.roles.competing_as_event:
        return [green("Competing events", f"{words}; they count as events.")]
    return [
        Finding(
            light="amber",
            name="Competing events",
            sentence=f"{words}, {percent(total / trial.n)}; they are treated as censored.",
            columns=(column,),
            remedy="Read the result as the time free of the event were nobody lost this way, or count the competing "
            "event as an event.",
        )
    ]
