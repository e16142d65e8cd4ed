"""The questions that the part table leaves open: levels, direction, and what is known of the randomisation."""

import pandas as pd
import streamlit as st

from pages.ui import parts
from pages.ui.text import plain

_MOST_PROBABILITIES = 6


def ask(frame: pd.DataFrame, table: pd.DataFrame, draft: parts.Draft, key: str) -> parts.Answers:
    """Draw the questions that fit the parts chosen so far.

    Raises
    ------
    RoleError
        Where two columns have a part that only one can have.
    """
    named = {name: parts.column_of(table, name) for name in parts.SINGLE}
    arms = parts.levels(frame, named["treatment"])
    first, second, third = st.columns(3)
    with first:
        control = _choose("Control arm", arms, draft.control, f"control-{key}", "Choose the treatment column first")
        probabilities = _probabilities(arms, draft, key)
    with second:
        event_value = positive = None
        if named["event"] is not None:
            events = parts.levels(frame, named["event"])
            event_value = _choose("Value that marks an event", events, draft.event_value or "1", f"event-{key}")
        elif named["outcome"] is not None and len(outcomes := parts.levels(frame, named["outcome"])) == 2:
            positive = _choose("Level that counts as 1", outcomes, draft.positive or "1", f"positive-{key}")
        composite = named["competing"] is not None and _composite(draft, key)
    with third:
        better = _direction(draft, timed=named["time"] is not None, key=key)
        columns = [str(column) for column in frame.columns]
        strata = _choose("Randomisation strata (if any)", columns, draft.strata, f"strata-{key}", "None")
    return parts.Answers(
        control=control,
        event_value=event_value,
        positive=positive,
        higher_is_better=better,
        strata=strata,
        randomization=probabilities,
        competing_as_event=composite,
    )


def _choose(label: str, options: list[str], chosen: str | None, key: str, placeholder: str = "Choose") -> str | None:
    index = options.index(chosen) if chosen in options else None
    return st.selectbox(label, options, index=index, key=key, placeholder=placeholder)


def _direction(draft: parts.Draft, *, timed: bool, key: str) -> bool:
    options = ["Longer", "Shorter"] if timed else ["Higher", "Lower"]
    label = "Which time is better for the patient?" if timed else "Which value is better for the patient?"
    index = 1 if draft.higher_is_better is False else 0
    return st.selectbox(label, options, index=index, key=f"better-{timed}-{key}") == options[0]


def _composite(draft: parts.Draft, key: str) -> bool:
    options = ["ends follow-up", "counts as an event too"]
    chosen = st.selectbox("A competing event", options, index=int(draft.competing_as_event), key=f"composite-{key}")
    return chosen == options[1]


def _probabilities(arms: list[str], draft: parts.Draft, key: str) -> dict[str, float] | None:
    if not 1 < len(arms) <= _MOST_PROBABILITIES:
        return None
    known = st.checkbox(
        "The allocation ratio is known",
        draft.randomization is not None,
        key=f"known-{key}",
        help="Otherwise each arm's probability is estimated from the data.",
    )
    if not known:
        return None
    given = draft.randomization or {}
    ratio = {
        arm: st.number_input(
            f"Allocation: {plain(arm)}",
            min_value=0.01,
            value=float(given.get(arm, 1.0)),
            key=f"ratio-{arm}-{key}",
            help="As a ratio: 1 and 2 mean one third and two thirds.",
        )
        for arm in arms
    }
    total = sum(ratio.values())
    return {arm: share / total for arm, share in ratio.items()}
