"""Value of knowing more: about typed figures, or about the fitted trial."""

import streamlit as st

from pages.panels.value.information_trial import draw as draw_trial
from pages.panels.value.information_typed import draw as draw_typed
from pages.ui.switch import switch

_TYPED, _TRIAL = "Typed figures", "From this trial"


def draw() -> None:
    """Draw the switch between typed figures and the trial, and what was chosen."""
    left, right = st.columns([6, 8], gap="medium")
    with left:
        chosen = switch("Figures", (_TYPED, _TRIAL), "vi-figures")
    (draw_typed if chosen == _TYPED else draw_trial)(left, right)
