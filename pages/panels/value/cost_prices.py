"""Extra costs of the arms of a fitted trial, each with its standard error and its source."""

import math
from collections.abc import Callable

import pandas as pd
import streamlit as st

from ite.errors import ValuationError
from ite.value.sourced import Sourced
from pages.panels.value.cost_fields import ASSUMED, LONGEST_SOURCE
from pages.ui.analysed import Analysed
from pages.ui.table import typed_table
from pages.ui.text import plain

_COLUMNS = ("Arm", "Cost", "Error", "Source")


def prices(shown: Analysed) -> Callable[[str], tuple[Sourced, ...]]:
    """Draw the table of extra costs; return what makes them in a unit of money, which raises `ValuationError`."""
    start = pd.DataFrame(dict(zip(_COLUMNS, (list(shown.trial.treated_arms), 5000.0, 500.0, ASSUMED), strict=True)))
    st.caption(plain(f"Extra cost per patient of each arm against {shown.trial.control}"))
    config = st.column_config
    table = typed_table(
        f"vc-prices-{shown.trial.digest[:8]}",
        start,
        {
            _COLUMNS[0]: config.TextColumn(disabled=True, width=124),
            _COLUMNS[1]: config.NumberColumn(required=True, format="localized", width=64),
            _COLUMNS[2]: config.NumberColumn(
                min_value=0, format="localized", width=68, help="Standard error; empty or 0: known."
            ),
            _COLUMNS[3]: config.TextColumn(required=True, max_chars=LONGEST_SOURCE, width=76),
        },
        alt="Extra cost of each arm, its standard error and its source; type over it",
        rows=False,
    )

    def make(unit: str) -> tuple[Sourced, ...]:
        rows = table[list(_COLUMNS)].itertuples(index=False, name=None)
        return tuple(_price(*row, unit=unit) for row in rows)

    return make


def _price(arm: str, cost: float, error: float, source: str | None, *, unit: str) -> Sourced:
    if math.isnan(cost) or not source:
        raise ValuationError(f"The extra cost of {arm} needs an amount and a source. Fill both in.")
    known = math.isnan(error) or error == 0
    return Sourced(value=cost, unit=unit, source=source, se=None if known else error)
