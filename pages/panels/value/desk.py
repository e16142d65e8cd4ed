"""Decision desk: which option is best by what its user values, how much to give, and from which benefit to treat."""

import streamlit as st

from ite.charts.reading_value_desk import WHO_DECIDES
from pages.panels.value import desk_options, desk_sweet_spot, desk_threshold
from pages.ui.switch import switch

_PARTS = {
    "Options": desk_options.draw,
    "Dose or duration": desk_sweet_spot.draw,
    "Threshold": desk_threshold.draw,
}


def draw() -> None:
    """Draw the part that is asked for, below the rule that holds for all."""
    left, right = st.columns([4, 5], gap="medium", vertical_alignment="center")
    with left:
        part = switch("Part of the desk", tuple(_PARTS), "vd-part")
    with right:
        st.caption(WHO_DECIDES)
    _PARTS[part]()
