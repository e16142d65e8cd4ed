"""Which patients are set apart: a range brushed or typed, or levels picked."""

import pandas as pd
import streamlit as st

from ite.charts.ranges import Range, brushed_range, rounded
from ite.charts.theme import BRUSH
from ite.subgroup.axis import PREDICTED_BENEFIT, level_labels
from ite.subgroup.slice import Slice
from pages.panels.subgroups import shared
from pages.panels.subgroups.choice import Choice
from pages.panels.subgroups.histogram import histogram
from pages.ui import figure, state
from pages.ui.analysed import Analysed
from pages.ui.text import plain


def define(analysed: Analysed, choice: Choice) -> Slice | None:
    """Draw the histogram to brush and the fields to type, or the levels to pick; return the slice, if there is one."""
    axis = _axis(analysed, choice)
    if axis == PREDICTED_BENEFIT:
        return _range(analysed, choice, PREDICTED_BENEFIT, analysed.effects.benefit[analysed.arm])
    if choice.continuous:
        return _range(analysed, choice, choice.by, choice.marker)
    return _levels(analysed, choice)


def _axis(analysed: Analysed, choice: Choice) -> str:
    """Let the user slice by predicted benefit too, unless the data support one common effect."""
    if float(analysed.effects.factor.to_dict()[analysed.arm]) == 0:
        st.caption("The data support one common effect, so there is no predicted benefit to slice by.")
        return choice.by
    axes = [choice.by, PREDICTED_BENEFIT]
    picked = st.radio("Set patients apart by", axes, format_func=plain, horizontal=True, key=f"axis-{choice.by}")
    return str(picked)


def _range(analysed: Analysed, choice: Choice, axis: str, values: pd.Series) -> Slice | None:
    event = figure.show(histogram(analysed, axis, values), "brush", brush=BRUSH)
    low, high = float(values.min()), float(values.max())
    start, end = _ends(axis, brushed_range(event, BRUSH), (low, high))
    lower, upper = _fields(
        f"{analysed.trial.digest[:8]}-{axis}-{analysed.arm}-{start:g}-{end:g}", (start, end), (low, high)
    )
    if lower >= upper or (lower <= low and upper >= high):
        st.info("Drag over the histogram, or type a range, to set patients apart.", icon=":material/touch_app:")
        return None
    shared.write(axis, lower, upper)
    return Slice(
        name=f"{axis} {lower:.6g} to {upper:.6g}",
        axis=axis,
        arm=analysed.arm,
        lower=lower if lower > low else None,  # a slice begins above its lower end: open, it holds the lowest too
        upper=upper if upper < high else None,
        prespecified=choice.prespecified and axis != PREDICTED_BENEFIT,
    )


def _ends(axis: str, brushed: Range | None, limits: Range) -> Range:
    """Return where the fields start: at the brush, else at the range of the link, else at the ends of the axis."""
    place = f"brushed-{axis}"
    if brushed is not None:
        state.remember(place, "drawn")
        return rounded(*brushed, *limits)
    if state.recall(place) is not None:  # a brush that is gone was cleared by the user: its range must not come back
        state.remember(place, None)
        shared.clear()
    return shared.read(axis, *limits)


def _fields(place: str, ends: Range, limits: Range) -> Range:
    """Draw the two fields; a new brush gives them new keys, so that they start from it."""
    low, high = limits
    step = (high - low) / 100
    left, right, _ = st.columns([1, 1, 2])
    lower = left.number_input("From", low, high, max(low, ends[0]), step, key=f"from-{place}", format="%.6g")
    upper = right.number_input("to", low, high, min(high, ends[1]), step, key=f"to-{place}", format="%.6g")
    return lower, upper


def _levels(analysed: Analysed, choice: Choice) -> Slice | None:
    st.header("Set patients apart", anchor=False)
    labels = level_labels(choice.marker, choice.by).dropna().astype(str)
    counts = {str(level): int(count) for level, count in labels.value_counts().items()}
    picked = st.multiselect(
        f"Levels of {plain(choice.by)}",
        sorted(counts),
        format_func=lambda level: f"{level} (n = {counts[level]:,})",
        key=f"levels-{analysed.trial.digest[:8]}-{choice.by}",
    )
    if not picked or len(picked) == len(counts):
        st.info("Pick one level or more, but not all of them, to set patients apart.", icon=":material/touch_app:")
        return None
    levels = tuple(str(level) for level in picked)
    return Slice(
        name=f"{choice.by}: {' or '.join(levels)}",
        axis=choice.by,
        arm=analysed.arm,
        levels=levels,
        prespecified=choice.prespecified,
    )
