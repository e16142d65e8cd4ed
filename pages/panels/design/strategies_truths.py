"""Strategies over other truths: what each would lose, and which assumption costs most power."""

from functools import partial

import streamlit as st

from ite.charts.design_strategies import regret_chart, tornado_chart
from ite.charts.design_tables import worded
from ite.design.comparison.needs import Resources
from ite.design.comparison.regret import regret
from ite.design.comparison.side_by_side import Equal
from ite.design.comparison.tornado import tornado
from ite.errors import DesignError
from ite.report.block import ResultBlock
from ite.report.enrichment_code import comparison_code
from ite.report.enrichment_file import EnrichmentFile
from pages.panels.design.strategies_how_to_read import REGRET, TORNADO
from pages.panels.design.strategies_reading import regret_sentence, tornado_sentence
from pages.ui import figure, origin
from pages.ui.text import plain


def regrets(asked: EnrichmentFile, known: Resources, equal: Equal) -> None:
    """Draw the regret of each strategy over what the other patients' effect may be."""
    try:
        found = regret(asked.tested, known, equal=equal, trials=asked.trials, seed=asked.seed)
    except DesignError as reason:
        st.error(plain(reason), icon=":material/error:")
        return

    block = ResultBlock(
        key="strategies-regret",
        title="What a strategy loses if the other patients benefit more, or less",
        sentence=regret_sentence(found),
        **figure.drawn(partial(regret_chart, found)),
        data=worded(found.truths),
        method=f"{asked.trials:,} simulated trials per truth and strategy, common random numbers, seed {asked.seed}.",
        code=comparison_code(asked, "regret", "found.truths", known, equal=equal),
        how_to_read=REGRET,
        provenance=origin.typed(asked, known, seed=asked.seed),
    )
    figure.show(block, block.key)


def assumptions(asked: EnrichmentFile) -> None:
    """Draw which assumption costs most power."""
    try:
        found = tornado(asked.tested, trials=asked.trials, seed=asked.seed)
    except DesignError as reason:
        st.error(plain(reason), icon=":material/error:")
        return

    block = ResultBlock(
        key="strategies-assumptions",
        title="Which assumption costs most power",
        sentence=tornado_sentence(found),
        **figure.drawn(partial(tornado_chart, found)),
        data=worded(found.assumptions),
        method=f"{asked.trials:,} simulated trials per value, common random numbers, seed {asked.seed}.",
        code=comparison_code(asked, "tornado", "found.assumptions"),
        how_to_read=TORNADO,
        provenance=origin.typed(asked, seed=asked.seed),
    )
    figure.show(block, block.key)
