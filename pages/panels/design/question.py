"""Which question about the next trial is asked, and which panel answers it."""

from dataclasses import dataclass
from importlib import import_module

import streamlit as st

_IN_LINK = "question"


@dataclass(frozen=True)
class Question:
    """One question, and the panel beside this file whose `draw()` answers it.

    A panel is imported when its question is asked, so that nobody waits for the libraries of the others.
    """

    words: str
    panel: str

    def draw(self) -> None:
        """Draw the panel."""
        import_module(f"{__package__}.{self.panel}").draw()


QUESTIONS = (
    Question("How many patients?", "size"),
    Question("Looks on the way", "looks"),
    Question("Adaptive enrichment", "enrichment"),
    Question("Strategies compared", "strategies"),
    Question("From this trial", "fitted"),
    Question("Other designs", "other"),
)


def choose() -> Question:
    """Draw the chooser; the question travels in the link."""
    offered = {question.words: question for question in QUESTIONS}
    linked = st.query_params.get(_IN_LINK)
    words = st.segmented_control(
        "Question",
        list(offered),
        default=linked if linked in offered else next(iter(offered)),
        required=True,
        # In the dark theme Streamlit's own colour of the chosen one is too faint to read. A bound control would carry
        # this mark-up in the link, so the link is written here.
        format_func=lambda name: f":gray[{name}]",
        key="design-question",
        persist_state="session",
        label_visibility="collapsed",
    )
    st.query_params[_IN_LINK] = words
    return offered[words]
