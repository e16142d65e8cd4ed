"""Inputs of stopping for futility."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ite.charts.reading_looks import FAMILIES
from ite.design.sequential.futility import Futility
from ite.design.sequential.spending import SpendingFamily
from ite.errors import DesignError
from pages.panels.design.size_fields import number, numbers

NONE = "none"
SCALES: dict[str, str] = {
    NONE: "Never",
    "z": "z-statistic",
    "effect_share": "Share of the assumed effect",
    "conditional_power": "Conditional power, assumed effect",
    "conditional_power_of_trend": "Conditional power, trend so far",
    "predictive_power": "Predictive power",
    "beta_spending": "Beta spending",
}
_SCALE = """\
When a look may stop the trial because a benefit is unlikely to be shown. Conditional power is the probability to show \
it at the end, given the data so far; predictive power averages it over what is known of the effect by then."""
_BINDING = """\
Binding: the rule will be obeyed for sure, which allows slightly lower bounds for benefit. If it is not obeyed, the \
level is lost; most trials therefore leave this off."""
_BOUND = "Stop at or below it; one number for all looks before the last, or one for each, parted by commas."
#: Label, first value and unit of the bound on each scale.
_BOUNDS = {
    "z": ("Futility bound (z)", "0", 1.0),
    "effect_share": ("Futility bound (%)", "0", 0.01),
    "conditional_power": ("Futility bound (%)", "20", 0.01),
    "conditional_power_of_trend": ("Futility bound (%)", "10", 0.01),
    "predictive_power": ("Futility bound (%)", "10", 0.01),
}
_ONLY = "These looks cannot stop the trial for benefit, and spend nothing of the level."
_SPENDING: tuple[SpendingFamily, ...] = ("lan_demets_obf", "lan_demets_pocock", "hwang_shih_decani", "kim_demets")
_PARAMETERS = {"hwang_shih_decani": ("Gamma of futility", -4.0), "kim_demets": ("Rho of futility", 3.0)}


def futility(analyses: int) -> tuple[Callable[[], Futility | None], tuple[int, ...]]:
    """Draw the inputs; return what makes the rule (None for never), and the looks that cannot stop for benefit."""
    scale = st.selectbox(
        "Stopping for futility",
        list(SCALES),
        format_func=lambda name: SCALES[name],
        key="futility",
        bind="query-params",
        help=_SCALE,
    )
    if scale == NONE:
        return lambda: None, ()
    rule = _beta_spending() if scale == "beta_spending" else _bound(scale, analyses - 1)
    binding = st.checkbox("Futility is binding", key="binding", bind="query-params", help=_BINDING)
    only = st.multiselect(
        "Looks for futility only", list(range(1, analyses)), key="futility-only", bind="query-params", help=_ONLY
    )
    return lambda: Futility(binding=binding, **rule()), tuple(sorted(only))


def _bound(scale: str, looks: int) -> Callable[[], dict[str, Any]]:
    label, first, unit = _BOUNDS[scale]
    typed = st.text_input(label, first, key=f"bound-{scale}", bind="query-params", help=_BOUND)
    return lambda: {"scale": scale, "bounds": _bounds(typed, looks, unit)}


def _bounds(typed: str, looks: int, unit: float) -> tuple[float, ...]:
    values = tuple(value * unit for value in numbers(typed))
    if len(values) == 1:
        return values * looks
    if len(values) != looks:
        raise DesignError(
            f"Futility needs one bound for all looks or one for each of the {looks} before the last, but {len(values)} "
            "were given."
        )
    return values


def _beta_spending() -> Callable[[], dict[str, Any]]:
    spending = st.selectbox(
        "Beta spent like", list(_SPENDING), format_func=lambda name: FAMILIES[name], key="beta", bind="query-params"
    )
    parameter = None
    if spending in _PARAMETERS:
        label, first = _PARAMETERS[spending]
        parameter = number(label, first, f"beta-{spending}", "As for stopping for benefit.", step=0.5)
    return lambda: {"scale": "beta_spending", "spending": spending, "parameter": parameter}
