"""The outcome of a trial as numbers: its kind, its value or its time and event."""

from typing import Literal

import numpy as np
import pandas as pd

from ite.errors import RoleError
from ite.trial.columns import FloatArray, as_numbers, as_text, is_number, levels
from ite.trial.labels import closest, shown, shown_list, shown_rows
from ite.trial.roles import Roles

OutcomeKind = Literal["continuous", "binary", "time_to_event"]

_YES_NO = ({"true", "false"}, {"yes", "no"}, {"y", "n"})
_YES = {"true", "yes", "y"}


def outcome_kind(frame: pd.DataFrame, roles: Roles) -> OutcomeKind:
    """Return the kind of the outcome; a column whose only values are 0 and 1 is binary."""
    if roles.outcome is None:
        return "time_to_event"
    column = frame[roles.outcome]
    labels = set(levels(column))
    if not labels:
        raise RoleError(f"The outcome column {shown(roles.outcome)} has no values at all; choose another column.")
    if roles.responder is not None:
        return "binary"
    if roles.positive is not None or is_yes_no(labels) or labels <= {"0", "1"}:
        return "binary"
    if len(labels) == 2:
        raise RoleError(
            f"The outcome column {shown(roles.outcome)} has the two values {shown_list(levels(column))}; "
            "say which of them counts as 1 by naming it as 'positive'."
        )
    return "continuous"


def is_yes_no(labels: set[str]) -> bool:
    """Whether the labels are True and False, or yes and no, in any case."""
    return {label.lower() for label in labels} in _YES_NO


def outcome_values(frame: pd.DataFrame, roles: Roles) -> FloatArray:
    """Return a continuous or 0/1 outcome, shape (n,), NaN where missing.

    Raises
    ------
    RoleError
        Naming the column, row and value that is not a number, or a `positive` level that is not there.
    """
    if roles.outcome is None:
        raise ValueError("a time-to-event trial has a time and an event, not an outcome")
    column = frame[roles.outcome]
    if roles.responder is not None:
        return roles.responder.reached(*measured_values(frame, roles))
    labels = levels(column)
    if roles.positive is None and not is_yes_no(set(labels)):
        return as_numbers(column, "outcome")
    if roles.positive is not None and roles.positive not in labels:
        raise RoleError(
            f"The level {shown(roles.positive)} ('positive') is not in the outcome column "
            f"{shown(roles.outcome)}, which holds {shown_list(labels)}{closest(roles.positive, labels)}."
        )
    if len(labels) > 2:
        raise RoleError(
            f"The outcome column {shown(roles.outcome)} should have two levels when 'positive' is named, but has "
            f"{len(labels)}: {shown_list(labels)}."
        )
    positive = {roles.positive} if roles.positive is not None else {label for label in labels if label.lower() in _YES}
    return _indicator(as_text(column), positive)


def measured_values(frame: pd.DataFrame, roles: Roles) -> tuple[FloatArray, FloatArray | None]:
    """Return the measured outcome of which responders are counted, and its baseline where there is one; each (n,)."""
    before = None if roles.responder is None else roles.responder.baseline
    outcome = as_numbers(frame[roles.outcome], "outcome")
    return outcome, None if before is None else as_numbers(frame[before], "baseline")


def _indicator(text: pd.Series, marked: set[str]) -> FloatArray:
    missing = text.isna().to_numpy(dtype=bool)
    return np.where(missing, np.nan, text.isin(marked).to_numpy(dtype=np.float64))


def follow_up_time(frame: pd.DataFrame, roles: Roles) -> FloatArray:
    """Return the follow-up time, shape (n,), NaN where missing; see `as_numbers` for what is raised."""
    if roles.time is None:
        raise ValueError("this trial has an outcome, not a time and an event")
    time = as_numbers(frame[roles.time], "time")
    if np.isnan(time).all():
        raise RoleError(f"The time column {shown(roles.time)} has no values at all; choose another column.")
    return time


def event_indicator(frame: pd.DataFrame, roles: Roles) -> FloatArray:
    """Return 1 = event, 0 = censored, NaN = missing, shape (n,); a composite if the roles say so.

    Raises
    ------
    RoleError
        Where `event_value` is not a value of the column, or a numeric column has a third value whose meaning is open.
    """
    if roles.event is None:
        raise ValueError("this trial has an outcome, not a time and an event")
    event = _own_event(frame[roles.event], roles)
    if not roles.competing_as_event:
        return event
    other = competing_indicator(frame, roles, event)
    return np.where(event == 1, 1.0, np.where(np.isnan(event), np.nan, other))


def _own_event(column: pd.Series, roles: Roles) -> FloatArray:
    value, name = roles.event_value, shown(column.name)
    text = as_text(column.astype("float64")) if is_number(column) else column
    labels = levels(text)
    if not labels:
        raise RoleError(f"The event column {name} has no values at all; choose another column.")
    if value == "1" and is_yes_no(set(labels)):
        return _indicator(text, {label for label in labels if label.lower() in _YES})
    if value not in labels and not set(labels) | {value} <= {"0", "1"}:
        raise RoleError(
            f"The value {shown(value)} that marks an event is not in column {name}, which holds {shown_list(labels)}; "
            f"name the right one as 'event_value'{closest(value, labels)}."
        )
    others = [label for label in labels if label not in {value, "0"}]
    if is_number(column) and value != "0" and len(labels) > 2:
        row = int(np.flatnonzero(text == others[0])[0])
        raise RoleError(
            f"The event column {name} should have two values, but holds {shown_list(labels)} "
            f"({shown(others[0])} first in {shown_rows([row])}); keep the event and censoring, "
            "and put a competing event in its own 0/1 column."
        )
    return _indicator(text, {value})


def competing_indicator(frame: pd.DataFrame, roles: Roles, event: FloatArray) -> FloatArray:
    """Return 1 for a patient without the event whose follow-up a competing event ended, else 0; NaN = missing.

    Shape (n,); all 0 where the roles name no competing column.

    Raises
    ------
    RoleError
        Naming the first row whose value is neither 0 nor 1.
    """
    if roles.competing is None:
        return np.zeros(len(frame))
    column = frame[roles.competing]
    labels = levels(column)
    if is_yes_no(set(labels)):
        ended = _indicator(as_text(column), {label for label in labels if label.lower() in _YES})
    else:
        ended = as_numbers(column, "competing")
    wrong = np.flatnonzero(~np.isnan(ended) & ~np.isin(ended, (0.0, 1.0)))
    if wrong.size:
        raise RoleError(
            f"The competing column {shown(roles.competing)} should hold 0 and 1, but {shown_rows(wrong[:1])} holds "
            f"{shown(ended[wrong[0]])}."
        )
    return np.where(event == 1, 0.0, ended)
