"""Axes of effects, and the marks that charts of effects share.

Every layer of a chart carries the same axis title: Vega-Lite would otherwise join the titles of its layers.
"""

import textwrap

import altair as alt
import pandas as pd

from ite.charts.scale import EffectUnit
from ite.charts.theme import BRUSH, Theme, ink, layered

_VERTICAL_LETTERS = 38  # a longer title does not fit beside a chart: it is broken into lines


def effect_x(field: str, unit: EffectUnit, title: str | None = None, *, zero: bool = True) -> alt.X:
    """Return a horizontal axis of effects; `zero` keeps the line of no effect in view."""
    axis = alt.Axis(labelExpr=unit.axis_labels, tickCount=7)
    return alt.X(f"{field}:Q", title=title or unit.axis_title, axis=axis, scale=alt.Scale(zero=zero, padding=14))


def effect_y(field: str, unit: EffectUnit, title: str | None = None, *, zero: bool = True) -> alt.Y:
    """Return a vertical axis of effects; `zero` keeps the line of no effect in view."""
    axis = alt.Axis(labelExpr=unit.axis_labels, tickCount=6)
    lines = textwrap.wrap(title or unit.axis_title, _VERTICAL_LETTERS)
    return alt.Y(f"{field}:Q", title=lines, axis=axis, scale=alt.Scale(zero=zero))


def predicted_title(unit: EffectUnit) -> str:
    """Return the title of an axis of predicted benefit."""
    return f"Predicted b{unit.axis_title[1:]}"


def vertical_rule(x: alt.X, value: float, theme: Theme, *, words: str = "", dashed: bool = False) -> alt.LayerChart:
    """Draw a vertical reference line at a value of the axis `x` (whose field is named value), with its words on top."""
    base = alt.Chart(pd.DataFrame({"value": [value], "words": [words]})).encode(x)
    text = base.mark_text(align="center", color=ink(theme).text, fontWeight="bold", baseline="bottom")
    return layered(_rule(base, theme, dashed=dashed), text.encode(y=alt.value(-5), text="words:N"))


def horizontal_rule(y: alt.Y, value: float, theme: Theme, *, dashed: bool = False) -> alt.Chart:
    """Draw a horizontal reference line at a value of the axis `y` (whose field is named value)."""
    return _rule(alt.Chart(pd.DataFrame({"value": [value]})).encode(y), theme, dashed=dashed)


def _rule(base: alt.Chart, theme: Theme, *, dashed: bool) -> alt.Chart:
    colour = ink(theme).reference
    rule: alt.Chart = base.mark_rule(color=colour, strokeWidth=1.5)
    if dashed:
        rule = base.mark_rule(color=colour, strokeWidth=2.5, strokeDash=[6, 3])
    return rule


def label(base: alt.Chart, field: str, theme: Theme, *, dy: int, size: int = 15, quiet: bool = False) -> alt.LayerChart:
    """Write a field beside its mark, on a halo of the ground's colour so that lines behind it do not cross it out."""
    colours = ink(theme)
    words = base.encode(text=f"{field}:N")
    return layered(
        words.mark_text(dy=dy, fontSize=size, stroke=colours.ground, strokeWidth=5, strokeJoin="round"),
        words.mark_text(dy=dy, fontSize=size, color=colours.quiet if quiet else colours.text),
    )


def histogram_bars(bins: pd.DataFrame, *, colour: str, x: alt.X, brush: bool) -> alt.Chart:
    """Draw the bars of a histogram from value, upper and patients; with `brush`, a range of them can be dragged.

    The interval parameter is named "brush" and reports the range under the name "value".
    """
    patients = alt.Y("patients:Q", title="Patients", axis=alt.Axis(tickCount=5, format=",d"))
    base: alt.Chart = alt.Chart(bins).mark_rect(stroke=None)
    bars: alt.Chart = base.encode(x, alt.X2("upper:Q"), patients, alt.Y2Datum(0), color=alt.value(colour))
    if not brush:
        return bars
    selected = alt.selection_interval(name=BRUSH, encodings=["x"])
    brushed: alt.Chart = bars.encode(opacity=alt.condition(selected, alt.value(1.0), alt.value(0.35)))
    return brushed.add_params(selected)
