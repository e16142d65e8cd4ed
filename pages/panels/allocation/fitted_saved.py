"""Keeping the chosen point of the frontier for the steps that follow."""

import streamlit as st

from ite.allocation.spec import AllocationSpec
from ite.charts.reading_allocation import spec_words
from ite.study import with_allocation
from pages.ui import state
from pages.ui.text import plain


def save(asked: AllocationSpec) -> None:
    """Draw the button that chooses this point, and what has been chosen."""
    study = state.load()
    kept = study.allocation == asked and study.status("allocation") == "done"
    if st.button("Choose this point", icon=":material/bookmark_add:", key="al-choose", disabled=kept):
        state.save(with_allocation(study, asked))
        st.rerun()
    if study.allocation is not None:
        stale = " It belongs to earlier effects: choose again." if study.status("allocation") == "stale" else ""
        st.caption(plain(f"Chosen: {spec_words(study.allocation)}.{stale}"))
