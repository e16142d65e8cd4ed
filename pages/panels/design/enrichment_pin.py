"""A design kept for comparison: pinned, it stays beside whatever is tried next."""

import streamlit as st

from pages.panels.design.enrichment_result import Simulated
from pages.ui import state

_PINNED = "enrichment-pinned"


def pinned() -> Simulated | None:
    """Return the pinned design with its figures, if there is one."""
    found = state.recall(_PINNED)
    return found if isinstance(found, Simulated) else None


def pin_buttons(simulated: Simulated) -> None:
    """Draw the buttons that keep this design for comparison, or let the kept one go."""
    st.button(
        "Pin this design",
        key="pin-design",
        icon=":material/push_pin:",
        on_click=state.remember,
        args=(_PINNED, simulated),
        help="Keeps it beside whatever you try next.",
    )
    if pinned() is not None:
        st.button("Unpin", key="unpin-design", icon=":material/close:", on_click=state.remember, args=(_PINNED, None))
