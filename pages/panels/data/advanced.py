"""How the arms came about, for trials in which a ratio of randomisation does not say it all."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from ite.errors import RoleError
from ite.trial.roles import Design
from pages.ui import causality, parts
from pages.ui.text import plain

MOST_ARMS = 6
_DESIGNS: dict[Design, str] = {"randomized": "Drawn at random", "observational": "Chosen, not drawn (observational)"}


def advanced(
    frame: pd.DataFrame, table: pd.DataFrame, draft: parts.Draft, answers: parts.Answers, key: str
) -> parts.Answers:
    """Draw the folded-away questions on how patients came to their arms, and return the answers with theirs added.

    Raises
    ------
    RoleError
        Where the chance of an arm is given twice, or a ratio of randomisation where nothing was randomised.
    """
    given = draft.design != "randomized" or draft.propensity is not None
    with st.expander("Advanced: how patients came to their arms", expanded=given, icon=":material/tune:"):
        design = _design(draft, key)
        st.caption(
            "Where treatment was chosen rather than drawn, the analysis adjusts for the covariates, among patients who "
            "could have had every arm (the settings in the sidebar say who); what it does not know, it cannot adjust "
            'for, so its verdict never goes beyond "suggestive".'
        )
        causality.button("data", "Mix of patients")
        propensity = _propensity(frame, table, draft, key)
    _refuse_twice(answers, design, propensity)
    return replace(answers, design=design, propensity=propensity)


def _design(draft: parts.Draft, key: str) -> Design:
    options = list(_DESIGNS)
    return st.selectbox(
        "Each patient's treatment was",
        options,
        index=options.index(draft.design),
        format_func=lambda design: _DESIGNS[design],
        key=f"design-{key}",
    )


def _propensity(frame: pd.DataFrame, table: pd.DataFrame, draft: parts.Draft, key: str) -> dict[str, str] | None:
    """Return the column of known probabilities of each arm; None where no arm has one."""
    arms = parts.levels(frame, parts.column_of(table, "treatment"))
    if not 1 < len(arms) <= MOST_ARMS:
        return None
    st.caption(
        "Where the chance of an arm was known but differed between patients, name the column that holds it, between 0 "
        "and 1; one arm may be left out and takes the rest. Otherwise leave these empty."
    )
    columns = [str(column) for column in frame.columns if pd.api.types.is_numeric_dtype(frame[column])]
    before = draft.propensity or {}
    chosen = {}
    for place, arm in zip(st.columns(min(3, len(arms))) * len(arms), arms, strict=False):
        index = columns.index(before[arm]) if before.get(arm) in columns else None
        chosen[arm] = place.selectbox(
            f"Known chance of {plain(arm)}",
            columns,
            index=index,
            key=f"propensity-{arm}-{key}",
            placeholder="No column",
        )
    return {arm: column for arm, column in chosen.items() if column is not None} or None


def _refuse_twice(answers: parts.Answers, design: Design, propensity: dict[str, str] | None) -> None:
    if answers.randomization is None:
        return
    if propensity is not None:
        raise RoleError(
            "The chance of an arm is given twice, as an allocation ratio and as a column; untick 'The allocation ratio "
            "is known' or clear the columns under 'Advanced'."
        )
    if design == "observational":
        raise RoleError(
            "A known allocation ratio belongs to a randomised trial, but treatment is said to be chosen, not drawn; "
            "untick 'The allocation ratio is known' or change the design under 'Advanced'."
        )
