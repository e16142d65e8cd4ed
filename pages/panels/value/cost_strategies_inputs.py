"""Inputs of typed strategies: an example to start from, a small table, and where its figures come from."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ite.errors import ValuationError
from ite.value.strategies import EXAMPLES, MOST_STRATEGIES, Strategies
from pages.panels.value.cost_fields import source_of, willingness_to_pay
from pages.ui.fields import choice
from pages.ui.table import typed_table

_COLUMNS = ("Strategy", "Cost", "QALYs")


def ask() -> Callable[[], Strategies]:
    """Draw the inputs; return what makes the strategies, which raises `ValuationError`."""
    name = choice("Start from", list(EXAMPLES), "vc-example", "An example to type over. Choosing another replaces it.")
    example = EXAMPLES[name]
    threshold = willingness_to_pay()
    table = typed_table(
        f"vc-table-{name}",
        _start(name),
        {
            _COLUMNS[0]: st.column_config.TextColumn(max_chars=40, required=True, width=115),
            _COLUMNS[1]: st.column_config.NumberColumn(
                required=True, format="localized", width=70, help="Per person, over the horizon of the analysis."
            ),
            _COLUMNS[2]: st.column_config.NumberColumn(
                required=True, format="%.6g", width=70, help="Quality-adjusted life years per person."
            ),
        },
        alt="Strategies with their cost and QALYs; type over it, or add rows",
    )
    words = "Of costs and QALYs: a publication, a model, or assumed by whom."
    source = source_of("costs and QALYs", f"vc-source-{name}", words, example.source)

    def make() -> Strategies:
        rows = table.dropna(how="all")
        _require_rows(rows)
        return Strategies(
            names=tuple(rows[_COLUMNS[0]].astype(str)),
            cost=tuple(rows[_COLUMNS[1]].astype(float)),
            effect=tuple(rows[_COLUMNS[2]].astype(float)),
            source=source,
            willingness_to_pay=threshold(),
        )

    return make


def _start(name: str) -> pd.DataFrame:
    example = EXAMPLES[name]
    return pd.DataFrame(dict(zip(_COLUMNS, (example.names, example.cost, example.effect), strict=True)))


def _require_rows(rows: pd.DataFrame) -> None:
    if len(rows) > MOST_STRATEGIES or len(rows) < 2:
        raise ValuationError(f"The table holds 2 to {MOST_STRATEGIES} strategies; it has {len(rows)}. Change that.")
    holes = [str(column) for column in _COLUMNS if rows[column].isna().any()]
    if holes:
        raise ValuationError(
            f"Each strategy needs a value in every column; '{holes[0]}' has an empty cell. Fill it in."
        )
