"""Bars to both sides of zero, each with its words, and with its interval where it has one."""

import textwrap

import altair as alt
import pandas as pd

from ite.charts.theme import Drawing, Theme, dress, ink, layered

_STEP, _AXES = 40, 20
#: In pixels: a letter, the narrowest chart of a page with inputs beside it, its narrowest plot, a gap before words.
_LETTER, _NARROW, _PLOT, _GAP = 7.6, 480.0, 200.0, 10.0
#: The largest part of the axis that words may take.
_MOST_ROOM = 0.6
#: A longer title of the axis does not fit below a chart with inputs beside it: it is broken into lines.
_TITLE_LETTERS = 52


def signed_bars(
    frame: pd.DataFrame, colours: dict[str, str], *, title: str, theme: Theme, axis_format: str = ",.6~g"
) -> Drawing:
    """Draw a bar for each row, from zero to its value; its words stand to the right of it and of zero.

    Parameters
    ----------
    frame
        One row per bar: name, value, words, and optionally lower and upper.
    colours
        Of the bars, by name.
    title
        Of the axis of values.
    """
    spread = {"lower", "upper"} <= set(frame.columns)
    ends = ["value", "lower", "upper"] if spread else ["value"]
    frame = frame.assign(most=frame[ends].max(axis=1).clip(lower=0.0))
    names = list(frame["name"])
    axis, lines = alt.Axis(format=axis_format, tickCount=6), textwrap.wrap(title, _TITLE_LETTERS)
    scale = alt.Scale(domain=_domain(frame, min(0.0, float(frame[ends].min().min()))), nice=False)
    rows = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=10))

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=lines, axis=axis, scale=scale)

    base = alt.Chart(frame).encode(rows)
    colour = alt.Scale(domain=names, range=[colours[name] for name in names])
    zero = alt.Chart(pd.DataFrame({"value": [0.0]})).mark_rule(color=ink(theme).reference, strokeWidth=1.5)
    layers: list[Drawing] = [
        base.mark_bar(height={"band": 0.6}).encode(x("value"), alt.Color("name:N", scale=colour, legend=None)),
        zero.encode(x("value")),
    ]
    if spread:
        rule = base.mark_rule(strokeWidth=2, color=ink(theme).reference)
        layers.append(rule.encode(x("lower"), alt.X2("upper:Q")))
    layers.append(base.mark_text(align="left", dx=8).encode(x("most"), text="words:N"))
    text = f"{title}: {'; '.join(f'{name} {words}' for name, words in frame[['name', 'words']].to_numpy())}."
    return dress(layered(*layers), theme, alt_text=text, height=_AXES + _STEP * len(frame))


def _domain(frame: pd.DataFrame, low: float) -> list[float]:
    """Return where the axis begins and ends: each row's words fit between the end of its bar and that of the axis."""
    plot = max(_PLOT, _NARROW - _LETTER * float(frame["name"].str.len().max()))
    room = ((_LETTER * frame["words"].str.len() + _GAP) / plot).clip(upper=_MOST_ROOM)
    high = float((low + (frame["most"] - low) / (1 - room)).max())
    return [low, high if high > low else low + 1.0]
