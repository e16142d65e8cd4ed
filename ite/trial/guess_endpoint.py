"""Which columns look like the outcome of a trial."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ite.trial import wording
from ite.trial.columns import as_text, clean, is_number
from ite.trial.labels import shown
from ite.trial.wording import plain, stem, words


@dataclass(frozen=True, kw_only=True)
class EndpointGuess:
    """The columns of the outcome, as far as their names and values tell; None where they do not."""

    outcome: str | None = None
    time: str | None = None
    event: str | None = None
    event_value: str = "1"
    positive: str | None = None
    higher_is_better: bool = True
    reason: str = ""


def guess_endpoint(frame: pd.DataFrame, names: Sequence[str]) -> EndpointGuess:
    """Return the most likely outcome among these columns: a time with its event, else a single column."""
    by_name = {plain(name): name for name in names}
    if "aval" in by_name and "cnsr" in by_name:
        return EndpointGuess(
            time=by_name["aval"],
            event=by_name["cnsr"],
            event_value="0",
            reason="ADaM: AVAL is the time; CNSR is 0 where the event happened.",
        )
    return _guess_pair(frame, names, by_name) or _guess_single(frame, by_name)


def event_columns(frame: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Return the two-valued columns, in which an event may be marked."""
    return [name for name in names if frame[name].nunique() == 2]


def time_columns(frame: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """Return the columns of numbers with more than two values and none below 0, which may be times."""
    return [name for name in names if is_number(frame[name]) and frame[name].nunique() > 2 and frame[name].min() >= 0]


def _guess_pair(frame: pd.DataFrame, names: Sequence[str], by_name: dict[str, str]) -> EndpointGuess | None:
    events, times = event_columns(frame, names), time_columns(frame, names)
    for time in times:
        if not words(time) & wording.TIME_WORDS:
            continue
        root = stem(time, without=wording.TIME_WORDS)
        partners = [event for event in events if root and stem(event, without=wording.EVENT_WORDS) == root]
        if partners:
            return _pair(frame, time, partners[0], f"{shown(time)} and {shown(partners[0])} share their name.")
    time_names = [by_name[name] for name in wording.TIME_NAMES if by_name.get(name) in times]
    event_names = [by_name[name] for name in wording.EVENT_NAMES if by_name.get(name) in events]
    if time_names and event_names:
        found = f"{shown(time_names[0])} is named like a time and {shown(event_names[0])} like an event."
        return _pair(frame, time_names[0], event_names[0], found)
    return None


def _pair(frame: pd.DataFrame, time: str, event: str, reason: str) -> EndpointGuess:
    labels = sorted(str(label) for label in as_text(clean(frame[event], event)).dropna().unique())
    marked = [label for label in labels if label.lower() in wording.EVENT_LEVELS]
    value = marked[0] if len(marked) == 1 else ("1" if "1" in labels else labels[-1])
    if words(event) & wording.CENSOR_WORDS and set(labels) == {"0", "1"}:
        value = "0"
        reason += " It marks censoring, so its 0 is the event."
    elif set(labels) == {"1", "2"}:
        value = "2"
        reason += " Of its values 1 and 2, the larger usually marks the event."
    return EndpointGuess(time=time, event=event, event_value=value, reason=reason)


def _guess_single(frame: pd.DataFrame, by_name: dict[str, str]) -> EndpointGuess:
    candidates = [*wording.OUTCOME_NAMES, *wording.EVENT_NAMES]
    named = [by_name[name] for name in candidates if name in by_name]
    worded = [name for plain_name, name in by_name.items() if words(plain_name) & wording.OUTCOME_WORDS]
    for name in (*named, *worded):
        column = frame[name]
        labels = sorted(str(label) for label in as_text(clean(column, name)).dropna().unique())
        if len(labels) < 2 or not (is_number(column) or len(labels) == 2):
            continue
        coded = len(labels) == 2 and not set(labels) <= {"0", "1"}
        marked = [label for label in labels if label.lower() in wording.EVENT_LEVELS]
        positive = (marked[0] if len(marked) == 1 else labels[-1]) if coded else None
        return EndpointGuess(
            outcome=name,
            positive=positive,
            higher_is_better=not words(name) & wording.ADVERSE_WORDS,
            reason=f"{shown(name)} is named like an outcome.",
        )
    return EndpointGuess(reason="No column is named like an outcome.")
