"""A small table to type over, which stays as it was typed when its visitor comes back."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from pages.ui import state


def typed_table(
    key: str, example: pd.DataFrame, columns: Mapping[str, Any], *, alt: str, rows: bool = True
) -> pd.DataFrame:
    """Draw a table and return it as it stands.

    Streamlit keeps the changes to the table it was given, and drops them when the page is left. So the table that is
    given stays the same object while the page is shown, and is what was typed before when the page is opened again.

    Parameters
    ----------
    key
        Names the table in this session.
    example
        What it holds at first.
    columns
        Configuration by column.
    alt
        What the table is, for those who cannot see it.
    rows
        Whether rows can be added and removed.
    """
    start, last = f"{key}-start", f"{key}-typed"
    if not state.is_drawn(key):
        state.remember(start, state.recall(last, example))
    given = state.recall(start)
    typed: pd.DataFrame = st.data_editor(
        given if isinstance(given, pd.DataFrame) else example,
        num_rows="dynamic" if rows else "fixed",
        hide_index=True,
        key=key,
        column_config=dict(columns),
        alt=alt,
    )
    state.remember(last, typed)
    return typed
