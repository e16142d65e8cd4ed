"""Inputs of typed groups: a small table, and the budget."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ite.allocation.typed import MOST_GROUPS, THREE_TIMES, TypedGroups
from ite.errors import AllocationError
from pages.ui.fields import number
from pages.ui.table import typed_table

_TABLE = "at-table"
_COLUMNS = ("Group", "People", "Benefit", "Cost")
_EXAMPLE = pd.DataFrame(
    {
        _COLUMNS[0]: list(THREE_TIMES.names),
        _COLUMNS[1]: list(THREE_TIMES.people),
        _COLUMNS[2]: list(THREE_TIMES.benefit),
        _COLUMNS[3]: [1.0] * len(THREE_TIMES.names),
    }
)


def ask() -> Callable[[], TypedGroups]:
    """Draw the table and the budget; return what makes the groups, which raises `AllocationError`."""
    table = typed_table(
        _TABLE,
        _EXAMPLE,
        {
            _COLUMNS[0]: st.column_config.TextColumn(max_chars=40, required=True, width=70),
            _COLUMNS[1]: st.column_config.NumberColumn(
                required=True, format="%.6g", width=78, help="Who could be offered treatment."
            ),
            _COLUMNS[2]: st.column_config.NumberColumn(
                required=True, format="%.6g", width=84, help="Of one person treated, in any one unit; negative is harm."
            ),
            _COLUMNS[3]: st.column_config.NumberColumn(
                required=True, default=1.0, format="%.6g", width=66, help="Of one offer, in the unit of the budget."
            ),
        },
        alt="Groups with their people, benefit and cost; type over it, or add rows",
    )
    words = "In the unit of the costs; with costs of 1 a number of offers."
    budget = number("Budget", 100.0, "at-budget", words, step=10.0)
    st.caption("Start: one group gains three times as much as the other. Type over it, or add rows.")

    def make() -> TypedGroups:
        rows = table.dropna(how="all")
        _require_rows(rows)
        return TypedGroups(
            names=tuple(rows[_COLUMNS[0]].astype(str)),
            people=tuple(rows[_COLUMNS[1]].astype(float)),
            benefit=tuple(rows[_COLUMNS[2]].astype(float)),
            cost=tuple(rows[_COLUMNS[3]].astype(float)),
            budget=budget,
        )

    return make


def _require_rows(rows: pd.DataFrame) -> None:
    if rows.empty or len(rows) > MOST_GROUPS:
        raise AllocationError(f"The table holds 1 to {MOST_GROUPS} groups; it has {len(rows)} rows. Change that.")
    holes = [str(column) for column in _COLUMNS if rows[column].isna().any()]
    if holes:
        raise AllocationError(f"Each group needs a value in every column; '{holes[0]}' has an empty cell. Fill it in.")
