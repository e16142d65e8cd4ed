"""What the result blocks of other designs have in common: a figure with its text, and the assumptions to read."""

from collections.abc import Callable
from functools import cache
from typing import TypedDict

from ite.charts.theme import Drawing, Theme, alt_text
from pages.ui import figure


class Figure(TypedDict):
    """The fields of a result block that make its figure."""

    chart: Callable[[Theme], Drawing]
    alt: str


def drawn(chart: Callable[[Theme], Drawing]) -> Figure:
    """Return a figure that is drawn once per theme."""
    once = cache(chart)
    return Figure(chart=once, alt=alt_text(once(figure.theme())))


def reading(text: str, assumptions: tuple[str, ...]) -> str:
    """Return how to read a result, with what it assumes as the last paragraph."""
    return f"{text}\n\nAssumed: {' '.join(assumptions)}"
