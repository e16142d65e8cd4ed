"""Which question about the next trial is asked, and which panel answers it."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

import streamlit as st


@dataclass(frozen=True)
class Question:
    """One question, and the panel beside this file whose `draw()` answers it.

    A panel is imported when its question is asked, so that nobody waits for the libraries of the others.
    """

    words: str
    panel: str

    @property
    def exists(self) -> bool:
        """Whether the panel is part of this release."""
        return find_spec(self._module) is not None

    def draw(self) -> None:
        """Draw the panel."""
        import_module(self._module).draw()

    @property
    def _module(self) -> str:
        return f"{__package__}.{self.panel}"


QUESTIONS = (
    Question("How many patients?", "size"),
    Question("Looks on the way", "looks"),
    Question("Adaptive enrichment", "enrichment"),
    Question("Strategies side by side", "strategies"),
    Question("From this trial", "fitted"),
    Question("Other designs", "other"),
)


def choose() -> Question:
    """Draw the chooser; the question travels in the link."""
    offered = {question.words: question for question in QUESTIONS if question.exists}
    words = st.segmented_control(
        "Question",
        list(offered),
        default=next(iter(offered)),
        required=True,
        key="question",
        bind="query-params",
        label_visibility="collapsed",
    )
    return offered[str(words)]
