"""Bars to both sides of zero, each with its words, and with its interval where it has one."""

import textwrap

import altair as alt
import pandas as pd

from ite.charts.theme import Drawing, Theme, dress, ink, layered

#: Room for the words beside the longest bar: letters that fill the whole axis, and the most that words may take.
_LETTERS, _MOST_ROOM = 54.0, 0.4
_STEP, _AXES = 40, 20
#: A longer title of the axis does not fit below a chart with inputs beside it: it is broken into lines.
_TITLE_LETTERS = 52


def signed_bars(
    frame: pd.DataFrame, colours: dict[str, str], *, title: str, theme: Theme, axis_format: str = ",.6~g"
) -> Drawing:
    """Draw a bar for each row, from zero to its value.

    Parameters
    ----------
    frame
        One row per bar: name, value, words (written beside it), and optionally lower and upper.
    colours
        Of the bars, by name.
    title
        Of the axis of values.
    """
    spread = {"lower", "upper"} <= set(frame.columns)
    frame = frame.assign(lower=frame["lower"] if spread else frame["value"])
    frame = frame.assign(upper=frame["upper"] if spread else frame["value"])
    frame = frame.assign(least=frame[["value", "lower"]].min(axis=1), most=frame[["value", "upper"]].max(axis=1))
    names = list(frame["name"])
    left = frame["value"] < 0
    axis, lines = alt.Axis(format=axis_format, tickCount=6), textwrap.wrap(title, _TITLE_LETTERS)
    scale = alt.Scale(domain=_domain(frame, left), nice=False)
    rows = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(domain=False, ticks=False, labelPadding=10))

    def placed(rows_shown: pd.DataFrame, field: str) -> alt.Chart:
        chart: alt.Chart = alt.Chart(rows_shown).encode(rows, alt.X(f"{field}:Q", title=lines, axis=axis, scale=scale))
        return chart

    colour = alt.Scale(domain=names, range=[colours[name] for name in names])
    zero: alt.Chart = alt.Chart(pd.DataFrame({"value": [0.0]})).mark_rule(color=ink(theme).reference, strokeWidth=1.5)
    layers: list[Drawing] = [
        placed(frame, "value").mark_bar(height={"band": 0.6}).encode(alt.Color("name:N", scale=colour, legend=None)),
        zero.encode(alt.X("value:Q", title=lines, axis=axis, scale=scale)),
    ]
    if spread:
        rule = placed(frame, "lower").mark_rule(strokeWidth=2, color=ink(theme).reference)
        layers.append(rule.encode(alt.X2("upper:Q")))
    # A layer without marks is an image without a name to a screen reader.
    if not left.all():
        layers.append(placed(frame[~left], "most").mark_text(align="left", dx=8).encode(text="words:N"))
    if left.any():
        layers.append(placed(frame[left], "least").mark_text(align="right", dx=-8).encode(text="words:N"))
    text = f"{title}: {'; '.join(f'{name} {words}' for name, words in frame[['name', 'words']].to_numpy())}."
    return dress(layered(*layers), theme, alt_text=text, height=_AXES + _STEP * len(frame))


def _domain(frame: pd.DataFrame, left: pd.Series) -> list[float]:
    """Return where the axis begins and ends, with room for the words on the side on which they stand."""
    low, high = min(0.0, float(frame["least"].min())), max(0.0, float(frame["most"].max()))
    span = (high - low) or 1.0
    room = min(_MOST_ROOM, float(frame["words"].str.len().max()) / _LETTERS) * span
    return [low - (room if left.any() else 0.0), high + (room if not left.all() else 0.0)]
