"""The causality lab: small demonstrations of whose effect it is and what may stand behind it, in a dialog."""

import streamlit as st

from pages.ui.question import Question
from pages.ui.switch import switch

_LABS = {
    words: Question(words, f"{__package__}.causality_{lab}")
    for words, lab in (
        ("Compliers", "compliers"),
        ("Instrument", "instrument"),
        ("Genetic variants", "variants"),
        ("Crossover", "crossover"),
        ("Mix of patients", "mix"),
        ("Unmeasured confounder", "confounder"),
    )
}


def button(place: str, first: str = "Compliers") -> None:
    """Draw the button that opens the lab.

    Parameters
    ----------
    place
        Names the button within the session.
    first
        The demonstration that is shown first.
    """
    words = "Whose effect is it, and what else could explain it? Small examples to play with."
    if st.button("Causality lab", icon=":material/science:", key=f"causality-{place}", help=words):
        _lab(place, first)


@st.dialog("Causality lab", width="large")
def _lab(place: str, first: str) -> None:
    """Draw the chooser and the demonstration that is asked for; another one redraws the dialog alone."""
    _LABS[switch("Demonstration", tuple(_LABS), f"causality-lab-{place}", first=first)].draw()
