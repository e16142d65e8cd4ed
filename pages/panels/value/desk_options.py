"""Options weighed: typed as counts, or the arms of the fitted trial."""

import streamlit as st

from pages.panels.value import desk_counts, desk_trial
from pages.panels.value.desk_result import options, turning
from pages.ui import analysed
from pages.ui.attempt import attempt
from pages.ui.switch import switch

_TYPED, _TRIAL = "Typed figures", "From this trial"


def draw() -> None:
    """Draw the options and the weights, beside them which option is best, and below both what could turn that."""
    left, right = st.columns([13, 12], gap="small")
    with left:
        way = switch("Options come from", (_TYPED, _TRIAL), "vd-way")
    # Without effects the page ends here, below the columns.
    shown = analysed.require(picking=False) if way == _TRIAL else None
    with left:
        asked, place = desk_counts.ask() if shown is None else desk_trial.ask(shown)
    with right:
        found = attempt(place, asked)
        best = None if found is None else options(found)
    if found is not None and best is not None:
        turning(found, best)
