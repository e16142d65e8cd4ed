"""Cost-effectiveness: of strategies typed in, or of the arms of the fitted trial."""

import streamlit as st

from pages.panels.value.cost_strategies import draw as draw_strategies
from pages.panels.value.cost_trial import draw as draw_trial
from pages.ui.switch import switch

_TYPED, _TRIAL = "Typed strategies", "From this trial"


def draw() -> None:
    """Draw the switch between typed figures and the trial, and what was chosen."""
    left, right = st.columns([6, 8], gap="medium")
    with left:
        chosen = switch("Figures", (_TYPED, _TRIAL), "vc-figures")
    (draw_strategies if chosen == _TYPED else draw_trial)(left, right)
