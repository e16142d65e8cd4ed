"""The pages in their order, and the guard that keeps a page from running without its frame."""

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import Page

from pages.ui import jobs, state
from pages.ui.sidebar import sidebar

# Drawn here, because Streamlit fetches an icon of its own set from an outside host when it becomes a favicon.
FAVICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#005EA8"/>'
    '<path d="M6 23 L13 16 L18 20 L26 9" fill="none" stroke="#FFFFFF" stroke-width="3.5"/></svg>'
)


@dataclass(frozen=True)
class Entry:
    """One page of the navigation."""

    path: str
    title: str


PAGES = (
    Entry("pages/start.py", "Start"),
    Entry("pages/data.py", "Data"),
    Entry("pages/effects.py", "Effects"),
    Entry("pages/subgroups.py", "Subgroups"),
    Entry("pages/design.py", "Trial design"),
    Entry("pages/allocation.py", "Allocation"),
    Entry("pages/value.py", "Value"),
)


def navigation() -> Page:
    """Draw the navigation and return the page asked for.

    A flat list, since a sectioned one fails accessibility checks, and without icons, since each would become the
    favicon (see `FAVICON`).
    """
    pages = [st.Page(entry.path, title=entry.title, icon="", default=entry is PAGES[0]) for entry in PAGES]
    return st.navigation(pages, expanded=True)


def run_in_frame(page: Page) -> None:
    """Draw what stands around every page, which is its name, its settings and the sidebar, then the page."""
    st.set_page_config(page_title=f"{page.title} · Stratagem", page_icon=FAVICON, layout="wide")
    state.apply_reset()
    jobs.service()
    sidebar()
    state.mark_framed()
    page.run()


def guard() -> None:
    """Run a page that Streamlit started without app.py in its frame after all; the first line of each page.

    Until some session has met `st.navigation`, a deep link to a fresh server runs the page file alone, and so does
    AppTest. Doing here what app.py does, rather than starting the run again, keeps the click that began the run.
    """
    if not state.take_framed():
        run_in_frame(navigation())
        st.stop()
