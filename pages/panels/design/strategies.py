"""Strategies side by side: five ways to use the same patients and the marker, on the same random numbers."""

from dataclasses import dataclass
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ite.charts.design_strategies import strategies_chart
from ite.charts.design_tables import needs_in_words, worded
from ite.design.comparison.needs import Resources
from ite.design.comparison.side_by_side import Equal, SideBySide, compare_strategies
from ite.design.enrichment.cautions import cautions
from ite.report.block import ResultBlock
from ite.report.enrichment_code import comparison_code
from ite.report.enrichment_file import EnrichmentFile
from pages.panels.design import enrichment_inputs
from pages.panels.design.strategies_how_to_read import NEEDS, STRATEGIES
from pages.panels.design.strategies_inputs import equal_in, resources
from pages.panels.design.strategies_reading import best_sentence, best_title, needs_sentence
from pages.panels.design.strategies_truths import assumptions, regrets
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.text import plain


@dataclass(frozen=True)
class Compared:
    """Strategies side by side, with all that was asked for."""

    asked: EnrichmentFile
    resources: Resources
    equal: Equal
    found: SideBySide


def draw() -> None:
    """Draw the strategies under the design's assumptions, with its inputs beside them."""
    inputs, results = st.columns([3, 8], gap="large")
    with inputs:
        equal = equal_in()
        make_resources = resources(equal)
    with results:
        compared = attempt("strategies", lambda: _compare(inputs, make_resources(), equal))
        if compared is None:
            return
        for caution in cautions(compared.asked.tested):
            st.warning(plain(caution), icon=":material/warning:")
        _power(compared)
        _needs(compared)
        more = st.toggle(
            "Compare over other truths and assumptions too",
            key="strategies_more",
            bind="query-params",
            help="Regret over six truths, and each assumption changed by 20 %: about half a second per change.",
        )
        if more:
            regrets(compared.asked, compared.resources, compared.equal)
            assumptions(compared.asked)


def _compare(inputs: DeltaGenerator, known: Resources, equal: Equal) -> Compared:
    with inputs:
        asked = enrichment_inputs.ask()
    found = compare_strategies(asked.tested, known, equal=equal, trials=asked.trials, seed=asked.seed)
    return Compared(asked=asked, resources=known, equal=equal, found=found)


def _power(compared: Compared) -> None:
    found = compared.found

    block = ResultBlock(
        key="strategies",
        title=best_title(found),
        sentence=best_sentence(found),
        **figure.drawn(partial(strategies_chart, found)),
        data=worded(found.strategies.reset_index()),
        method=_method(compared),
        code=_code(compared, "found.strategies"),
        how_to_read=STRATEGIES,
        provenance=origin.typed(compared.asked, compared.resources, seed=compared.asked.seed),
    )
    figure.show(block, block.key)
    for name, reason in found.left_out:
        st.caption(plain(f"Left out: {name}. {reason}"))


def _needs(compared: Compared) -> None:
    sentence = needs_sentence(compared.found)
    block = ResultBlock(
        key="strategies-needs",
        title="What each strategy takes on average",
        sentence=sentence,
        alt=f"Table of patients, candidates tested, months and cost of each strategy. {sentence}",
        data=needs_in_words(compared.found),
        method=_method(compared),
        code=_code(compared, "ite.charts.design_tables.needs_in_words(found)"),
        how_to_read=NEEDS,
        provenance=origin.typed(compared.asked, compared.resources, seed=compared.asked.seed),
    )
    figure.show(block, block.key)


def _method(compared: Compared) -> str:
    asked = compared.asked
    return f"{asked.trials:,} simulated trials of each strategy on common random numbers, seed {asked.seed}."


def _code(compared: Compared, shown: str) -> str:
    return comparison_code(compared.asked, "compare_strategies", shown, compared.resources, equal=compared.equal)
