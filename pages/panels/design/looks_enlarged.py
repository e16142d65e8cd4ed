"""Re-estimation at the only look: how large the second stage becomes, its power, and which test keeps the level."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from ite.charts.design_looks_enlarged import conditional_power_chart, second_stage_chart
from ite.charts.design_looks_table import levels_as_read
from ite.charts.reading_enlargement import (
    enlargement_method,
    levels_sentence,
    levels_title,
    power_sentence,
    power_title,
    second_stage_sentence,
    second_stage_title,
)
from ite.design.sequential.enlargement import enlargement_curve, enlargement_levels, zone_of_plan
from ite.design.sequential.promising_zone import PromisingZone
from ite.report.literal import literal
from pages.panels.design.looks_enlarged_reading import LEVEL, POWER, SIZE
from pages.panels.design.looks_result import Looked
from pages.panels.design.size_fields import slider
from pages.ui import figure
from pages.ui.attempt import attempt


@dataclass(frozen=True, kw_only=True)
class Enlarged:
    """A trial that may be enlarged at its look, with what comes of it."""

    looked: Looked
    zone: PromisingZone
    curve: pd.DataFrame
    levels: pd.DataFrame


def enlarged(looked: Looked) -> None:
    """Draw the fields of an enlargement, the second stage and its power."""
    st.header("May the trial be enlarged at the look?", anchor=False)
    analyses = looked.design.boundary.looks
    if analyses != 2:
        st.markdown(
            f"Choose two analyses, one look and the end; there are {analyses} now. With several looks each could "
            "change the size again, and the promising zone, where the usual test stays valid, is known for one only."
        )
        return
    left, right = st.columns(2)
    with left:
        target = slider("Wanted conditional power", (55, 95), 80, "enlarge-target", "If the effect seen is true.")
    with right:
        most = slider("Largest trial", (110, 400), 200, "enlarge-most", "Share of the planned largest size.")

    def compute() -> Enlarged:
        plan, design = looked.plan, looked.design
        zone = zone_of_plan(plan, largest_ratio=most, target=target)
        curve, levels = enlargement_curve(plan, design, zone), enlargement_levels(plan, design, zone)
        return Enlarged(looked=looked, zone=zone, curve=curve, levels=levels)

    found = attempt("enlarged", compute)
    if found is not None:
        _show(found)


def _show(found: Enlarged) -> None:
    curve, levels, zone, design = found.curve, found.levels, found.zone, found.looked.design
    endpoint, method = design.endpoint, enlargement_method(zone, design.boundary.alpha)
    ratio, target = literal(zone.largest_ratio), literal(zone.target_conditional_power)
    made = f"zone_of_plan(plan, largest_ratio={ratio}, target={target})"
    size = found.looked.block(
        f"enlargement_curve(plan, design, {made})",
        (enlargement_curve, zone_of_plan),
        curve,
        key="second-stage",
        title=second_stage_title(curve, endpoint),
        sentence=second_stage_sentence(curve, endpoint, zone),
        **figure.drawn(partial(second_stage_chart, curve, endpoint)),
        method=method,
        how_to_read=SIZE,
    )
    power = found.looked.block(
        f"enlargement_curve(plan, design, {made})",
        (enlargement_curve, zone_of_plan),
        curve,
        key="enlarged-power",
        title=power_title(curve),
        sentence=power_sentence(curve, endpoint),
        **figure.drawn(partial(conditional_power_chart, curve, endpoint)),
        method=method,
        how_to_read=POWER,
    )
    level = found.looked.block(
        f"levels_as_read(enlargement_levels(plan, design, {made}))",
        (enlargement_levels, levels_as_read, zone_of_plan),
        levels_as_read(levels),
        key="enlarged-level",
        title=levels_title(levels),
        sentence=levels_sentence(levels, zone),
        alt=f"Table of the levels of {len(levels)} ways to enlarge and test.",
        method=method,
        how_to_read=LEVEL,
    )
    for block in (size, power, level):
        figure.show(block, block.key)
