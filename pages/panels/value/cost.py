"""Cost-effectiveness: of strategies typed in, or of the arms of the fitted trial."""

import streamlit as st

from pages.panels.value.cost_strategies import draw as draw_strategies
from pages.panels.value.cost_trial import draw as draw_trial

_TYPED, _TRIAL = "Typed strategies", "From this trial"


def draw() -> None:
    """Draw the switch between typed figures and the trial, and what was chosen."""
    chosen = st.segmented_control(
        "Figures",
        [_TYPED, _TRIAL],
        default=_TYPED,
        required=True,
        format_func=lambda name: f":gray[{name}]",  # see pages/ui/question.py
        key="vc-figures",
        persist_state="session",
        label_visibility="collapsed",
    )
    (draw_strategies if chosen == _TYPED else draw_trial)()
