"""Inputs of looks on the way: how many and when, and the boundary for benefit."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ite.charts.reading_looks import FAMILIES
from ite.design.sequential.boundary import PARAMETERS, Family
from ite.errors import DesignError
from pages.panels.design.size_fields import number, numbers, whole

_FAMILY = """\
When a look may stop the trial for benefit. O'Brien-Fleming asks for very strong early results and costs few patients; \
Pocock asks for the same at every look; the spending functions keep the level also where looks move."""
#: Label, first value, step and explanation of the one number that a family needs.
_PARAMETERS: dict[str, tuple[str, float, float, str]] = {
    "delta": ("Delta", 0.25, 0.05, "0 is O'Brien-Fleming, 0.5 is Pocock."),
    "interim_z": ("z at every look before the last", 3.0, 0.1, "The trial stops early only beyond it."),
    "gamma": ("Gamma", -4.0, 0.5, "Below 0 spends late, like O'Brien-Fleming; 1 spends like Pocock."),
    "rho": ("Rho", 3.0, 0.5, "The greater, the later the level is spent; 3 is near O'Brien-Fleming."),
}
_TIMING = "Empty: in equal steps. Otherwise the share of the final patients or events at each look before the last."
_OWN = "What may be spent of the level by each analysis, the last one included; it ends at the level."


def looks() -> tuple[int, Callable[[], tuple[float, ...]]]:
    """Draw how many looks and when; return the number of analyses, and what makes their information fractions."""
    analyses = whole("Analyses", (2, 8), 3, "analyses", "Looks at the data, the final one included.")
    timing = st.text_input(
        "Looks at (% of the information)", placeholder="equal steps", key="timing", bind="query-params", help=_TIMING
    )
    return analyses, lambda: _fractions(analyses, timing)


def benefit() -> Callable[[], dict[str, Any]]:
    """Draw when to stop for benefit; return what makes these settings of the `Boundary`."""
    family = st.selectbox(
        "Stopping for benefit",
        list(FAMILIES),
        format_func=lambda name: FAMILIES[name],
        key="boundary",
        bind="query-params",
        help=_FAMILY,
    )
    parameter = _parameter(family)
    return lambda: {"family": family, **parameter()}


def _parameter(family: Family) -> Callable[[], dict[str, Any]]:
    """Draw the one setting that a family may need."""
    name = PARAMETERS.get(family)
    if name is None:
        return dict
    if name == "cumulative_alpha":
        typed = st.text_input(
            "Level spent by each analysis (%)", "0.1, 0.7, 2.5", key="spent", bind="query-params", help=_OWN
        )
        return lambda: {name: tuple(value / 100.0 for value in numbers(typed))}
    label, first, step, explained = _PARAMETERS[name]
    value = number(label, first, name, explained, step=step)
    return lambda: {name: value}


def _fractions(analyses: int, timing: str) -> tuple[float, ...]:
    if not timing.strip():
        return tuple((look + 1) / analyses for look in range(analyses))
    before = numbers(timing)
    if len(before) != analyses - 1:
        raise DesignError(
            f"{analyses} analyses have {analyses - 1} looks before the last, but {len(before)} times were given. Give "
            "one for each, or none for equal steps."
        )
    return (*(value / 100.0 for value in before), 1.0)
