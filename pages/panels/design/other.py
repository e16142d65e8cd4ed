"""Other designs: enrichment weighed, a marker of risk, a cut found on the way, platforms, and what adapting costs."""

from collections.abc import Callable

import streamlit as st

from ite.report.block import ResultBlock
from pages.panels.design import (
    cut_point,
    interaction,
    other_efficiency,
    platform,
    prognostic,
    response_adaptive,
    sequences,
)
from pages.ui import figure
from pages.ui.attempt import attempt

Make = Callable[[], tuple[ResultBlock, ...]]
#: Each draws its inputs and returns what makes the results, which raises `DesignError` where they do not fit.
DESIGNS: dict[str, Callable[[], Make]] = {
    "Enrichment efficiency": other_efficiency.ask,
    "Prognostic enrichment": prognostic.ask,
    "Cut-point adaptive": cut_point.ask,
    "Umbrella or platform": platform.ask,
    "Response-adaptive": response_adaptive.ask,
    "Treatment sequences": sequences.ask,
    "Marker interaction": interaction.ask,
}


def draw() -> None:
    """Draw the chooser of designs with the chosen one's inputs and, beside them, its results."""
    left, right = st.columns([3, 8], gap="large")
    with left:
        chosen = str(st.selectbox("Design", list(DESIGNS), key="other", bind="query-params"))
        make = DESIGNS[chosen]()
    with right:
        for block in attempt(f"other-{chosen}", make) or ():
            figure.show(block, block.key)
