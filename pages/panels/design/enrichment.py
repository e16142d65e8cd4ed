"""Adaptive enrichment: a trial that starts in everybody and may narrow to a subgroup at a look."""

import streamlit as st

from ite.design.enrichment.cautions import cautions
from ite.design.enrichment.operating import OperatingCharacteristics
from ite.design.enrichment.simulate import simulate_enrichment
from ite.report.enrichment_file import EnrichmentFile
from pages.panels.design import enrichment_inputs
from pages.panels.design.enrichment_guard import ask_analysis, guarded
from pages.panels.design.enrichment_pin import pin_buttons, pinned
from pages.panels.design.enrichment_result import Simulated, course, power
from pages.panels.design.enrichment_tables import estimates, figures, selection
from pages.panels.design.error_map import error_map_of
from pages.panels.design.patients import patients_of
from pages.panels.design.saved import save_buttons
from pages.panels.design.saved_agreement import agreement
from pages.ui.attempt import attempt
from pages.ui.text import plain


def draw() -> None:
    """Draw the design's operating characteristics, with its inputs beside them."""
    changes, analysis = ask_analysis()
    inputs, results = st.columns([3, 8], gap="large")

    def compute() -> Simulated:
        with inputs:
            asked = enrichment_inputs.ask()
        return Simulated(asked, simulate(asked))

    with results:
        simulated = attempt("enrichment", compute)
        if simulated is None or not guarded(simulated.asked.tested, changes=changes, analysis=analysis):
            return
        for caution in cautions(simulated.asked.tested):
            st.warning(plain(caution), icon=":material/warning:")
        power(simulated, pinned())
        with st.container(horizontal=True, key="design-actions"):
            pin_buttons(simulated)
            save_buttons(simulated.asked)
        course(simulated)
        figures(simulated, pinned())
        selection(simulated)
        estimates(simulated)
        error_map_of(simulated.asked)
        patients_of(simulated.asked)
        agreement()


def simulate(asked: EnrichmentFile) -> OperatingCharacteristics:
    """Simulate a design as its marker's test sees it."""
    return simulate_enrichment(asked.tested, asked.trials, asked.seed)
