"""Inputs of the enrichment design: each starts at the design that was opened, and travels in the link."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ite.report.enrichment_file import EnrichmentFile
from pages.panels.design.enrichment_start import STARTS
from pages.ui import state

_OPENED, _GENERATION = "enrichment-opened", "enrichment-generation"


def opened() -> EnrichmentFile:
    """Return the design that the inputs start at: one from a file, else the usual one."""
    found = state.recall(_OPENED)
    return found if isinstance(found, EnrichmentFile) else EnrichmentFile(design=STARTS["mean"])


def open_design(design: EnrichmentFile) -> None:
    """Let all inputs start again at this design."""
    state.remember(_OPENED, design)
    state.remember(_GENERATION, _generation() + 1)


def keyed(name: str) -> dict[str, Any]:
    """Return how an input is told apart and kept: in the link, or for the session once a file was opened."""
    generation = _generation()
    if generation == 0:
        return {"key": f"ae_{name}", "bind": "query-params"}
    return {"key": f"ae{generation}_{name}", "persist_state": "session"}


def slider(label: str, name: str, value: float, scale: tuple[float, float, float], hint: str | None = None) -> float:
    """Draw a slider; `scale` is lowest, highest and step, widened where the value lies outside."""
    return _slide(label, name, value, scale, "%g", hint)


def _slide(
    label: str, name: str, value: float, scale: tuple[float, float, float], written: str, hint: str | None
) -> float:
    low, high, step = scale
    ends = (min(low, value), max(high, value))
    # Grey, since the primary colour of the figure above a slider is too faint on the dark ground.
    return float(st.slider(label, *ends, value=value, step=step, format=f":gray[{written}]", help=hint, **keyed(name)))


def share(label: str, name: str, value: float, scale: tuple[float, float, float], hint: str | None = None) -> float:
    """Draw a slider of a share in percent, with its scale in percent too, and return the share."""
    return _fraction(_slide(label, name, round(100 * value, 6), scale, "%g %%", hint))


def percent(label: str, name: str, value: float, scale: tuple[float, float, float], hint: str | None = None) -> float:
    """Draw a field for a share in percent, with its scale in percent too, and return the share."""
    return _fraction(number(f"{label} (%)", name, round(100 * value, 6), scale, hint))


def _fraction(percentage: float) -> float:
    return round(percentage / 100, 10)


def number(label: str, name: str, value: float, scale: tuple[float, float, float], hint: str | None = None) -> float:
    """Draw a field for a number; `scale` is lowest, highest and step, widened where the value lies outside."""
    low, high, step = min(scale[0], value), max(scale[1], value), scale[2]
    whole = float(step).is_integer() and float(value).is_integer()
    typed = st.number_input(
        label, low, high, value=value, step=step, format="%.0f" if whole else "%g", help=hint, **keyed(name)
    )
    return float(typed)


def optional(label: str, name: str, value: float | None, scale: tuple[float, float, float], hint: str) -> float | None:
    """Draw a field that may stay empty: None then."""
    low, high, step = scale
    typed = st.number_input(
        label, low, high, value=value, step=step, format="%g", placeholder="none", help=hint, **keyed(name)
    )
    return None if typed is None else float(typed)


def choice(label: str, name: str, value: str, words: Mapping[Any, str], hint: str | None = None) -> Any:  # noqa: ANN401 - one of the keys
    """Draw a list of choices, each in words, and return the chosen key."""
    options = list(words)
    return st.selectbox(
        label, options, index=options.index(value), format_func=lambda key: words[key], help=hint, **keyed(name)
    )


def _generation() -> int:
    found = state.recall(_GENERATION, 0)
    return found if isinstance(found, int) else 0
