"""Adaptive enrichment: a trial that starts in everybody and may narrow to a subgroup at a look."""

import streamlit as st

from ite.design.enrichment.operating import OperatingCharacteristics
from ite.design.enrichment.simulate import simulate_enrichment
from ite.report.enrichment_file import EnrichmentFile
from pages.panels.design import enrichment_inputs
from pages.panels.design.attempt import attempt
from pages.panels.design.enrichment_pin import pin_buttons, pinned
from pages.panels.design.enrichment_result import Simulated, course, power
from pages.panels.design.enrichment_tables import estimates, selection


def draw() -> None:
    """Draw the design's operating characteristics, with its inputs beside them."""
    results, inputs = st.columns([5, 2], gap="large")

    def compute() -> Simulated:
        with inputs:
            asked = enrichment_inputs.ask()
        return Simulated(asked, simulate(asked))

    with results:
        simulated = attempt("enrichment", compute)
        if simulated is None:
            return
        pin_buttons(simulated)
        power(simulated, pinned())
        course(simulated)
        selection(simulated)
        estimates(simulated)


def simulate(asked: EnrichmentFile) -> OperatingCharacteristics:
    """Simulate a design as its marker's test sees it."""
    return simulate_enrichment(asked.tested, asked.trials, asked.seed)
