"""Prevention: the few at high risk, everybody, or both, and what each prevents."""

from functools import partial

import streamlit as st

from ite.allocation.prevention import prevention_curve
from ite.charts.allocation_prevention import prevention_chart, prevention_curve_chart
from ite.charts.reading_prevention import (
    MEASURES,
    curve_sentence,
    money_sentence,
    prevention_sentence,
    strategies_table,
)
from ite.report.block import ResultBlock
from ite.report.literal import literal
from pages.panels.allocation.prevention_found import Strategies, strategies
from pages.panels.allocation.prevention_inputs import ask_programme, ask_risks
from pages.ui import analysed, figure
from pages.ui.attempt import attempt
from pages.ui.fields import choice

_PARADOX = """\
Each bar is what a strategy prevents; its full part are cases among people at high risk, its outlined part cases among \
the rest. The number needed to treat (NNT) beside it counts everybody who is treated, with the light measure too, per \
case prevented.

Those at high risk gain most each, and yet most cases may come from the many at low risk: this is the prevention \
paradox. A measure that brings much to the population offers little to each person who takes it.

The relative risk reduction is taken to be the same at every risk. What treatment harms is not counted here."""
_MONEY = """\
The net benefit is the worth of the cases prevented less all costs. Screening is paid for everybody, since nobody's \
risk is known without it; treating everybody needs none.

The value of a case is yours to set. Above the crossover value treating everybody is worth more, below it treating \
those at high risk only."""
_CURVE = """\
A higher threshold leaves fewer people at high risk: fewer are treated, each treated person gains more, and fewer \
cases are prevented in all. Treating everybody does not depend on the threshold."""


def draw() -> None:
    """Draw the inputs and, beside them, the strategies."""
    left, right = st.columns([3, 8], gap="large")
    with left:
        typed, population = ask_risks()
        programme = ask_programme()
    with right:
        shown = analysed.require(picking=False) if typed is None else None
        place = "prevention" if shown is None else f"prevention-{shown.trial.digest}"
        made = attempt(place, lambda: strategies(typed and typed(), shown, population(), programme()))
        if made is not None:
            _paradox(made)
            _money(made)
            _curve(made)


def _paradox(made: Strategies) -> None:
    figure.show(
        ResultBlock(
            key="prevention-strategies",
            title="The few at high risk, or everybody?",
            sentence=prevention_sentence(made.found, made.population.threshold),
            **figure.drawn(partial(prevention_chart, made.found)),
            data=made.found.strategies,
            method=made.method,
            code=made.code("found.strategies"),
            how_to_read=_PARADOX,
            provenance=made.provenance,
        ),
        "prevention-strategies",
    )


def _money(made: Strategies) -> None:
    figure.show(
        ResultBlock(
            key="prevention-money",
            title="Which strategy is worth most?",
            sentence=money_sentence(made.found, made.programme),
            alt="Table of people treated, cases prevented, cost and net benefit of each strategy",
            data=strategies_table(made.found),
            method=made.method,
            code=made.code(f"{strategies_table.__name__}(found)", (strategies_table,)),
            how_to_read=_MONEY,
            provenance=made.provenance,
        ),
        "prevention-money",
    )


def _curve(made: Strategies) -> None:
    measure = choice("Along the threshold", list(MEASURES), "pv-measure", "What is followed along the threshold.")
    threshold = made.population.threshold
    shown = f"{prevention_curve.__name__}(risks, {literal(made.thresholds)}, programme)"
    figure.show(
        ResultBlock(
            key="prevention-curve",
            title="Where should high risk begin?",
            sentence=curve_sentence(made.curve, measure),
            **figure.drawn(partial(prevention_curve_chart, made.curve, measure, threshold)),
            data=made.curve,
            method=made.method,
            code=made.code(shown, (prevention_curve,)),
            how_to_read=_CURVE,
            provenance=made.provenance,
        ),
        "prevention-curve",
    )
