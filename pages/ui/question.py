"""Which question a page is asked, and which panel answers it."""

from dataclasses import dataclass
from importlib import import_module

import streamlit as st

from pages.ui import state

_IN_LINK = "question"


@dataclass(frozen=True)
class Question:
    """One question, and the module of the panel whose `draw()` answers it.

    A panel is imported when its question is asked, so that nobody waits for the libraries of the others.
    """

    words: str
    module: str

    def draw(self) -> None:
        """Draw the panel."""
        import_module(self.module).draw()


def choose(questions: tuple[Question, ...], key: str) -> Question:
    """Draw the chooser; the question travels in the link, and is still asked when a visitor comes back to the page."""
    offered = {question.words: question for question in questions}
    # One that came by a link was never clicked, and Streamlit keeps clicks alone.
    asked = st.query_params.get(_IN_LINK) or state.recall(key)
    words = st.segmented_control(
        "Question",
        list(offered),
        default=asked if asked in offered else next(iter(offered)),
        required=True,
        # In the dark theme Streamlit's own colour of the chosen one is too faint to read. A bound control would carry
        # this mark-up in the link, so the link is written here.
        format_func=lambda name: f":gray[{name}]",
        key=key,
        persist_state="session",
        label_visibility="collapsed",
    )
    state.remember(key, words)
    st.query_params[_IN_LINK] = words
    return offered[words]
