"""Strategies typed in: the efficiency frontier, the price of each step, and each strategy against a comparator."""

from functools import partial

from streamlit.delta_generator import DeltaGenerator

from ite.charts.reading_value_cost import strategies_sentence
from ite.charts.value_cost import strategies_chart
from ite.report.block import ResultBlock
from ite.report.value_cost_code import strategies_code
from pages.panels.value.cost_steps import Typed, against, analysed, steps
from pages.panels.value.cost_strategies_inputs import ask
from pages.ui import figure, origin
from pages.ui.attempt import attempt

_FRONTIER = """\
Each point is a strategy: to the right it brings more, upwards it costs more. The solid line joins the strategies on \
the frontier, and its slope is the price of a further QALY. Dominated means that another strategy costs no more and \
brings no less. Extendedly dominated means that a mix of two others would bring as much for less.

The dashed line has the slope of the willingness to pay and runs through the best strategy, the one with a ring: all \
points on it have the same net monetary benefit, and points above it have less."""


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """Draw the inputs on the left, the frontier on the right, and the tables below both."""
    with left:
        asked = ask()
    with right:
        typed = attempt("cost-strategies", lambda: analysed(asked()))
        if typed is not None:
            _frontier(typed)
    if typed is not None:
        steps(typed)
        against(typed)


def _frontier(typed: Typed) -> None:
    asked, found = typed.asked, typed.found
    figure.show(
        ResultBlock(
            key="cost-frontier",
            title="Which strategies are worth their price?",
            sentence=strategies_sentence(found, asked.willingness_to_pay),
            **figure.drawn(partial(strategies_chart, found, asked.willingness_to_pay)),
            data=found,
            method=typed.method,
            code=strategies_code(asked, "found"),
            how_to_read=_FRONTIER,
            provenance=origin.typed(asked),
        ),
        "cost-frontier",
    )
