"""Where treatment was chosen, not drawn: whether the arms can be compared, and what a hidden confounder could do."""

import streamlit as st

from pages.panels.effects.hidden_confounder import hidden_confounder
from pages.panels.effects.negative_control import negative_control
from pages.panels.effects.overlap import overlap
from pages.ui import analysed


def draw() -> None:
    """Draw overlap and balance, then what was not measured; a sentence where treatment was drawn at random."""
    shown = analysed.require(picking=False)
    if shown.trial.roles.design != "observational":
        st.info(
            "Treatment was drawn at random in this trial, so that the arms differ by chance alone. Where it was "
            "chosen, say so on the Data page under 'Advanced': this page then checks whether the arms can be compared.",
            icon=":material/info:",
        )
        return
    overlap(shown)
    hidden_confounder(shown)
    negative_control(shown)
