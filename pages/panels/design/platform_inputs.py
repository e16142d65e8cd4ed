"""Inputs of an umbrella or platform: its arms, how its size is found, when arms join, and what patients cost."""

from collections.abc import Callable
from math import ceil
from typing import Literal

import streamlit as st

from ite.design.alternatives.shared_control import SharedControl, shared_control_size
from ite.design.alternatives.staggered_entry import StaggeredEntry
from ite.errors import DesignError
from pages.panels.design.other_fields import level, numbers, power, resources, whole
from pages.panels.design.size_fields import number

_SIZES: dict[str, Literal["each", "any", "all"] | None] = {
    "Patients typed": None,
    "Power of each": "each",
    "Power of some": "any",
    "Power of all": "all",
}
_ALLOCATIONS = {"√ number of arms": "sqrt", "As many as an arm": "equal"}
_ADJUSTMENTS = {"Dunnett": "dunnett", "Bonferroni": "bonferroni", "None": "none"}
_SHARES = "Umbrella: prevalence of each arm's marker. Empty: no marker."
_JOINS = "Month at which each treatment joins, such as 0, 0, 12. Empty: all from the start."
_RATIO = "For each patient of one treatment arm. The root makes the comparisons most precise."
_ADJUST = "Dunnett and Bonferroni hold the chance of any false claim; none tests each at the whole level."


def platform() -> Callable[[], tuple[SharedControl, StaggeredEntry | None]]:
    """Draw the inputs; return what makes the trial, and the one whose arms join later where some do.

    What is returned raises `DesignError` where the inputs do not fit.
    """
    effects = numbers("Effects of the treatments", "0.4, 0.4, 0.3", "pf-effects", "Differences of means, one for each.")
    shares = numbers("Their markers (%)", "", "pf-shares", _SHARES)
    joins = numbers("They join at month", "", "pf-joins", _JOINS)
    by = str(
        st.selectbox("Size", list(_SIZES), key="pf-size", bind="query-params", help="Given, or found for a power.")
    )
    total, wanted = 600, 0.9
    if _SIZES[by] is None:
        total = whole("Patients", (4, 1_000_000), 600, "pf-patients", "All arms together, if all start together.")
    else:
        wanted = power("pf")
    ratio = str(st.selectbox("Control patients", list(_ALLOCATIONS), key="pf-ratio", bind="query-params", help=_RATIO))
    adjustment = str(st.selectbox("Adjustment", list(_ADJUSTMENTS), key="pf-adjust", bind="query-params", help=_ADJUST))
    with st.expander("Level, spread, months, money"):
        alpha = level("pf")
        sd = number("Standard deviation", 1.0, "pf-sd", "Of the outcome, within an arm.", step=0.1)
        means = resources("pf")

    def make() -> tuple[SharedControl, StaggeredEntry | None]:
        spec = SharedControl(
            n_total=total,
            effects=_named(effects()),
            prevalences=tuple(share / 100 for share in shares()) or None,
            sd=sd,
            allocation=_ALLOCATIONS[ratio],
            adjustment=_ADJUSTMENTS[adjustment],
            alpha=alpha,
            resources=means(),
        )
        if (criterion := _SIZES[by]) is not None:
            spec = spec.model_copy(update={"n_total": float(ceil(shared_control_size(spec, wanted, criterion)))})
        later = joins()
        return spec, StaggeredEntry(design=spec, joins=later) if any(later) else None

    return make


def _named(effects: tuple[float, ...]) -> tuple[float, ...]:
    if not effects:
        raise DesignError(
            "A platform needs the effect of at least one treatment; none was typed. Enter one, such as 0.4."
        )
    return effects
