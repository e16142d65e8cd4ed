"""Typed strategies in tables: the price of each step along the frontier, and each strategy against a comparator."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from ite.charts.reading_value_cost import against_sentence, steps_sentence
from ite.charts.value_cost_tables import against_table, strategies_table
from ite.report.block import ResultBlock
from ite.report.literal import literal
from ite.report.value_cost_code import strategies_code
from ite.value.dominance import cost_effectiveness_table
from ite.value.strategies import Strategies
from pages.ui import figure, origin

_TABLE = """\
Each step along the frontier is compared with the step before it, never with the first strategy: a cheap first step \
would hide the price of a dear second one. Off the frontier no ratio is given, since nobody should pay it.

The net monetary benefit is the willingness to pay times QALYs less cost; the strategy with the highest is best."""
_AGAINST = """\
A price per QALY has a meaning only where a strategy is dearer and better, or cheaper and worse. In the other two \
places a dominant and a dominated strategy can have the same ratio, so that words stand there.

Dearer and better: worth it where the price per QALY gained is below the willingness to pay. Cheaper and worse: worth \
it where what is saved per QALY given up is above it. The net monetary benefit decides in every place: above 0 is \
worth it."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """Strategies with their incremental analysis."""

    asked: Strategies
    found: pd.DataFrame

    @property
    def method(self) -> str:
        """How many strategies, and where the figures come from."""
        asked = self.asked
        return (
            f"{len(asked.names)} strategies, typed figures. Source: {asked.source}. "
            f"Threshold: {asked.willingness_to_pay.source}."
        )


def analysed(asked: Strategies) -> Typed:
    """Return strategies with their incremental analysis."""
    threshold = asked.willingness_to_pay.value
    return Typed(asked=asked, found=cost_effectiveness_table(asked.names, asked.cost, asked.effect, threshold))


def steps(typed: Typed) -> None:
    """Show the incremental analysis as a table."""
    asked, found = typed.asked, typed.found
    shown = "strategies_table(found, asked.willingness_to_pay)"
    figure.show(
        ResultBlock(
            key="cost-steps",
            title="What does each step cost?",
            sentence=steps_sentence(found, asked.willingness_to_pay),
            alt="Table of strategies with extra cost, extra QALYs, price per QALY, status and net monetary benefit",
            data=strategies_table(found, asked.willingness_to_pay),
            method=typed.method,
            code=strategies_code(asked, shown, [strategies_table]),
            how_to_read=_TABLE,
            provenance=origin.typed(asked),
        ),
        "cost-steps",
    )


def against(typed: Typed) -> None:
    """Draw the choice of a comparator, and the table against it."""
    asked = typed.asked
    words = "Whom every other strategy is compared with: usually the care of today."
    comparator = st.selectbox("Comparator", asked.names, key="vc-comparator", persist_state="session", help=words)
    table = against_table(asked, comparator)
    figure.show(
        ResultBlock(
            key="cost-against",
            title="Each strategy against one comparator",
            sentence=against_sentence(asked, comparator, table),
            alt="Table of each strategy against the comparator: place, price, net monetary benefit and verdict",
            data=table,
            method=typed.method,
            code=strategies_code(asked, f"against_table(asked, {literal(comparator)})", [against_table]),
            how_to_read=_AGAINST,
            provenance=origin.typed(asked),
        ),
        "cost-against",
    )
