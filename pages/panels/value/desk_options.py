"""Options weighed: typed as counts, or the arms of the fitted trial."""

import streamlit as st

from pages.panels.value import desk_counts, desk_trial
from pages.panels.value.desk_result import result
from pages.ui.attempt import attempt
from pages.ui.switch import switch

_WAYS = {"Typed figures": desk_counts.ask, "From this trial": desk_trial.ask}


def draw() -> None:
    """Draw the options and the weights and, beside them, which option is best."""
    left, right = st.columns([5, 8], gap="medium")
    with left:
        way = switch("Options come from", tuple(_WAYS), "vd-way")
        asked, place = _WAYS[way]()
    with right:
        found = attempt(place, asked)
        if found is not None:
            result(found)
