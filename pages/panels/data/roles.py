"""Which column plays which part: guessed, corrected in a table, then used."""

import pandas as pd
import streamlit as st

from ite.errors import IteError
from ite.study import Study
from ite.trial.data import TrialData
from ite.trial.table import Table
from pages.panels.data.advanced import advanced
from pages.ui import cache, parts, state
from pages.ui.answers import ask
from pages.ui.opening import use_trial
from pages.ui.text import plain

ROWS_SHOWN = 16
ROW_HEIGHT = 35


def roles() -> None:
    """Draw the part table of an uploaded file; folded away once its roles are in use."""
    study = state.load()
    if study.table is None:
        return
    in_use = _is_in_use(study)
    label = "Change what the columns mean" if in_use else f"What the columns of {plain(study.table.name)} mean"
    with st.expander(label, expanded=not in_use, icon=":material/view_column:"):
        _edit(study.table, study)


def is_waiting() -> bool:
    """Whether a file was read whose columns have not been given their parts yet."""
    study = state.load()
    return study.table is not None and not _is_in_use(study)


def _edit(table: Table, study: Study) -> None:
    rows, columns = table.frame.shape
    st.markdown(plain(f"{table.kind}, {rows:,} rows, {columns:,} columns. {' '.join(table.notes)}"))
    key = str(state.recall("upload_seen", table.name))
    draft = parts.draft_of(study.trial.roles) if _is_in_use(study) and study.trial else cache.draft(key, table)
    filled = st.data_editor(
        parts.part_table(table.frame, draft, table.labels),
        key=f"parts-{key}-{_is_in_use(study)}",
        hide_index=True,
        disabled=["column", "label", "examples", "reason"],
        column_order=["column", *(["label"] if table.labels else []), "part", "protected", "examples", "reason"],
        height=ROW_HEIGHT * (1 + min(columns, ROWS_SHOWN)) + 3,
        column_config={
            "column": st.column_config.TextColumn("Column", width=110 if table.labels else 165),
            "label": st.column_config.TextColumn("Label in the file", width=165),
            "examples": st.column_config.TextColumn("First values", width=110),
            "part": st.column_config.SelectboxColumn("Part", options=list(parts.PARTS), required=True, width=175),
            "protected": st.column_config.CheckboxColumn(
                "Protected",
                help="An attribute, such as sex, whose groups must be shown when patients are chosen.",
            ),
            "reason": st.column_config.TextColumn("Why this guess", width="large"),
        },
        alt="Each column of the file with its first values, its part, and why that part was guessed",
    )
    if draft.notes:
        st.caption(plain(" ".join(draft.notes)))
    try:
        answers = advanced(table.frame, filled, draft, ask(table.frame, filled, draft, key), key)
    except IteError as error:
        st.warning(plain(error), icon=":material/warning:")
        return
    if st.button("Use these roles", type="primary", key="use-roles", icon=":material/check:"):
        _use(table, filled, answers)


def _use(table: Table, filled: pd.DataFrame, answers: parts.Answers) -> None:
    try:
        chosen = parts.roles_from(filled, answers)
        trial = TrialData.from_frame(table.frame, chosen, name=table.name, labels=table.labels)
    except IteError as error:
        st.error(plain(error), icon=":material/error:")
        return
    use_trial(trial)
    state.remember("roles_of", state.recall("upload_seen"))
    st.rerun()


def _is_in_use(study: Study) -> bool:
    return study.trial is not None and study.sample is None and state.recall("roles_of") == state.recall("upload_seen")
