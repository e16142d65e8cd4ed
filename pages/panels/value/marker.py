"""Marker test: whether it is worth testing who has the marker, at what price, accuracy and prevalence."""

from functools import partial

import streamlit as st

from ite.charts.reading_value_marker import comparison_sentence, marker_sentence
from ite.charts.value_marker import comparison_table, limits_table, strategies_chart, strategy_table
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.value.companion_diagnostic import DiagnosticValue, value_of_diagnostic
from pages.panels.value.marker_inputs import Asked, ask
from pages.panels.value.marker_map import two_inputs
from pages.ui import figure, origin
from pages.ui.attempt import attempt

_BARS = """\
Each bar is the net benefit per person against treating nobody: QALYs at the willingness to pay, less the money spent. \
Test and treat pays for the test of everybody, treats those who test positive, and misses those who test negative \
although they have the marker.

The last bar is a test without error and at no cost: no real test is worth more. What separates it from test and treat \
is the price of the test and its errors."""
_COMPARED = """\
Each row sets one strategy against another. Cost per QALY (ICER) is the extra cost over the extra QALYs; where one \
strategy is better and no dearer, or dearer and no better, a ratio would be read wrongly, and a word stands in its \
place. Net benefit says the same in money, and has a meaning everywhere."""
_LIMITS = """\
Each row lets one input vary while the others stay. Between the two values testing is worth at least as much as \
treating everybody and treating nobody. They are exact, not simulated."""


def draw() -> None:
    """Draw the inputs and, beside them, what testing is worth."""
    left, right = st.columns([4, 9], gap="medium")
    with left:
        asked = ask()
    with right:
        found = attempt("value-marker", lambda: _found(asked()))
        if found is not None:
            _worth(*found)
            two_inputs(*found)
            _compared(*found)
            _limits(*found)


def _found(asked: Asked) -> tuple[Asked, DiagnosticValue]:
    return asked, value_of_diagnostic(asked.spec)


def _worth(asked: Asked, found: DiagnosticValue) -> None:
    figure.show(
        ResultBlock(
            key="marker-worth",
            title="Is testing for the marker worth it?",
            sentence=marker_sentence(found, asked.currency),
            **figure.drawn(partial(strategies_chart, found, asked.currency)),
            data=strategy_table(asked.spec),
            method=f"Typed figures. {found.method} Sources: {asked.sources.words}.",
            code=design_code({"spec": asked.spec}, [strategy_table], "strategy_table(spec)"),
            how_to_read=_BARS,
            provenance=origin.typed(asked.spec, asked.sources),
        ),
        "marker-worth",
    )


def _compared(asked: Asked, found: DiagnosticValue) -> None:
    figure.show(
        ResultBlock(
            key="marker-compared",
            title="What a QALY costs",
            sentence=comparison_sentence(found, asked.currency),
            alt="Table of the strategies against each other: extra cost, extra QALYs, cost per QALY, net benefit",
            data=comparison_table(asked.spec),
            method=f"Typed figures, per person, money in {asked.currency}. {found.method}",
            code=design_code({"spec": asked.spec}, [comparison_table], "comparison_table(spec)"),
            how_to_read=_COMPARED,
            provenance=origin.typed(asked.spec, asked.sources),
        ),
        "marker-compared",
    )


def _limits(asked: Asked, found: DiagnosticValue) -> None:
    figure.show(
        ResultBlock(
            key="marker-limits",
            title="How far can each figure move before testing is no longer best?",
            sentence="One figure varies at a time; the others stay as given.",
            alt="Table of the range of each input in which testing is best",
            data=limits_table(asked.spec),
            method=f"Typed figures, money in {asked.currency}. {found.method}",
            code=design_code({"spec": asked.spec}, [limits_table], "limits_table(spec)"),
            how_to_read=_LIMITS,
            provenance=origin.typed(asked.spec, asked.sources),
        ),
        "marker-limits",
    )
