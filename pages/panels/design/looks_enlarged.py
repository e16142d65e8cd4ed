"""Re-estimation at the only look: how large the second stage becomes, its power, and which test keeps the level."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from ite.charts.design_looks_enlarged import conditional_power_chart, second_stage_chart
from ite.charts.reading_enlargement import (
    enlargement_method,
    levels_sentence,
    levels_title,
    second_stage_sentence,
    second_stage_title,
)
from ite.design.sequential.enlargement import enlargement_curve, enlargement_levels, zone_of_plan
from ite.design.sequential.promising_zone import PromisingZone
from ite.report.literal import literal
from pages.panels.design.attempt import attempt
from pages.panels.design.looks_result import Looked
from pages.panels.design.size_fields import slider
from pages.ui import figure

_SIZE = """\
At the look the trial may be enlarged, so that the second stage shows the effect seen so far with the wanted power. \
Each line is one rule: never; wherever more patients are needed, the stages combined with the weights of the plan; and \
only in the promising zone (shaded), tested as if nothing had changed.

Poor results ask for the largest second stage and promise the least. The usual practice leaves them as planned.

Who sees the new size can work out the interim estimate: keep the rule with the people who keep the data."""
_POWER = """\
Each line is the probability to show the benefit at the end if the effect seen at the look is true, by the same three \
rules. The effect seen is one noisy number, so it promises more than it holds where the look comes early.

The sentence says what each rule does where there is no effect. An ordinary test after an enlargement that followed \
the data finds too many benefits that are not there, unless only promising results were enlarged.

The weighted combination counts the patients of an enlarged second stage for less than the others."""


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
        how_to_read=_SIZE,
    )
    power = found.looked.block(
        f"enlargement_levels(plan, design, {made})",
        (enlargement_levels, zone_of_plan),
        levels,
        key="enlarged-power",
        title=levels_title(levels),
        sentence=levels_sentence(levels, zone),
        **figure.drawn(partial(conditional_power_chart, curve, endpoint)),
        method=method,
        how_to_read=_POWER,
    )
    figure.show(size, "second-stage")
    figure.show(power, "enlarged-power")
