"""How hard it is to stop early for success: level and boundary of the combined test."""

from collections.abc import Callable
from itertools import pairwise

import streamlit as st

from ite.charts.design_enrichment import counted
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.sequential.boundary import Boundary, Family
from ite.errors import DesignError
from pages.panels.design.enrichment_field import choice, number, percent

FAMILIES: dict[Family, str] = {
    "obrien_fleming": "O'Brien-Fleming",
    "pocock": "Pocock",
    "wang_tsiatis": "Wang-Tsiatis",
    "haybittle_peto": "Haybittle-Peto",
    "lan_demets_obf": "Spending like O'Brien-Fleming",
    "lan_demets_pocock": "Spending like Pocock",
    "hwang_shih_decani": "Spending by Hwang-Shih-DeCani",
    "kim_demets": "Spending by a power of time",
}
_PARAMETER: dict[Family, tuple[str, str, float, tuple[float, float, float]]] = {
    "wang_tsiatis": ("delta", "Shape (0 O'Brien-Fleming, 0.5 Pocock)", 0.25, (-1.0, 1.0, 0.05)),
    "haybittle_peto": ("interim_z", "z at the looks before the last", 3.0, (2.0, 8.0, 0.1)),
    "hwang_shih_decani": ("gamma", "Shape (-4 spends late, 1 early)", -4.0, (-50.0, 50.0, 0.5)),
    "kim_demets": ("rho", "Power (3 spends late, 1 early)", 3.0, (0.1, 50.0, 0.5)),
}


def boundary(base: EnrichmentDesign, sizes: tuple[float, ...]) -> Callable[[], Boundary]:
    """Draw level and boundary, and return what makes it; one that has no input here is kept as it was opened."""
    now = base.boundary
    alpha = percent(
        "One-sided level", "alpha", now.alpha, (0.01, 20.0, 0.5), "Chance to show a benefit that is not there."
    )
    if now.family not in FAMILIES or now.futility_only_looks:
        st.caption("The boundary is the one of the opened file; it has no inputs here.")
        return lambda: Boundary.model_validate(
            {**now.model_dump(), "alpha": alpha, "information_fractions": _fractions(base, sizes)}
        )
    hint = "How hard it is to stop early for success. O'Brien-Fleming: very hard early, nearly the full level late."
    family: Family = choice("Boundary", "boundary", now.family, FAMILIES, hint)
    settings: dict[str, float] = {}
    if family in _PARAMETER:
        field, label, usual, scale = _PARAMETER[family]
        settings[field] = number(label, field, getattr(now, field) or usual, scale)
    return lambda: Boundary(family=family, information_fractions=_fractions(base, sizes), alpha=alpha, **settings)


def _fractions(base: EnrichmentDesign, sizes: tuple[float, ...]) -> tuple[float, ...]:
    """Return the share of all information at each look: that of the sizes, unless a file said otherwise for them."""
    if any(later <= earlier for earlier, later in pairwise(sizes)):
        raise DesignError(
            f"Each stage ends with more {counted(base)} than the one before; found "
            f"{', '.join(f'{size:g}' for size in sizes)}. Enter sizes that increase."
        )
    return (
        base.boundary.information_fractions
        if sizes == base.cumulative_sizes
        else tuple(size / sizes[-1] for size in sizes)
    )
