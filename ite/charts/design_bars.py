"""Bars of designs side by side: the figures down, a bar for each design, its number written beside it."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.theme import Drawing, Theme, arm_colour_scale, dress, ink, layered

#: Where an axis of shares ends, and the steps of one of figures that exceed 100 %.
_SHARES = (0.1, 1.0)
_STEPS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
#: In pixels: a letter, the narrowest chart of a page with inputs beside it, its longest label, and a gap before words.
_LETTER, _NARROW, _LONGEST_LABEL, _GAP = 7.5, 560.0, 320.0, 16.0
#: The largest part of the axis that words may take.
_MOST_ROOM = 0.7
_ROWS, _GAPS = alt.Axis(domain=False, ticks=False), alt.Scale(paddingInner=0.25, paddingOuter=0.1)


def compared_bars(frame: pd.DataFrame, *, title: str, alt_text: str, theme: Theme) -> Drawing:
    """Draw shares as bars, those of the first of several designs in the colour of a control arm.

    Parameters
    ----------
    frame
        One row per bar: row (the figure), design, value (a share), lower, upper (NaN where it is exact), words.
    title
        Of the axis of shares.
    """
    designs, rows = tuple(dict.fromkeys(frame["design"])), list(dict.fromkeys(frame["row"]))
    paired = len(frame) > len(rows)
    end = frame[["value", "upper"]].max(axis=1)
    axis, scale = share_axis(end, rows, frame["words"])
    several = alt.Legend(title=None) if len(designs) > 1 else None
    # A design on its own is compared with nothing: it has no control's grey.
    colours = arm_colour_scale(designs if len(designs) > 1 else ("", *designs), theme)

    def placed(data: pd.DataFrame, field: str) -> alt.Chart:
        y = alt.Y("row:N", sort=rows, title=None, axis=_ROWS, scale=_GAPS)
        chart: alt.Chart = alt.Chart(data).encode(y, alt.X(f"{field}:Q", title=title, axis=axis, scale=scale))
        return chart.encode(alt.YOffset("design:N", sort=list(designs))) if paired else chart

    bars = (
        placed(frame, "value")
        .mark_bar(stroke=ink(theme).ground, strokeWidth=1.5)
        .encode(alt.Color("design:N", scale=colours, legend=several))
    )
    text = placed(frame.assign(end=end), "end").mark_text(align="left", baseline="middle", dx=8).encode(text="words:N")
    known = frame.dropna(subset=["lower", "upper"])
    ranges = placed(known, "lower").mark_rule(strokeWidth=2, color=ink(theme).reference).encode(alt.X2("upper:Q"))
    # A layer without marks is an image without a name to a screen reader.
    layers = layered(bars, text) if known.empty else layered(bars, ranges, text)
    step = 24 * len(designs) + 8 if paired else 27
    return dress(layers, theme, alt_text=alt_text, height=step * len(rows))


def share_axis(ends: pd.Series, rows: list[str], words: pd.Series) -> tuple[alt.Axis, alt.Scale]:
    """Return an axis for bars with words beside them: shares have the whole of it, 0 to 100 %, or 0 to 10 %.

    Where no share is above 10 %, such as in rates of error, bars on the whole axis would hardly be seen. Figures that
    exceed 100 %, such as patients relative to another design, end where the longest bar does.

    Parameters
    ----------
    ends, words
        Where each bar ends, and what is written beside it.
    rows
        Labels of the axis down: they take their room from the bars.
    """
    plot = _NARROW - min(_LETTER * max(map(len, rows)), _LONGEST_LABEL)
    room = ((_LETTER * words.str.len() + _GAP) / plot).clip(upper=_MOST_ROOM)
    longest = float(ends.max())
    whole = next((whole for whole in _SHARES if longest <= whole), 0.0)
    scale = alt.Scale(domain=[0, max(whole, float((ends / (1 - room)).max()))], nice=False)
    step = whole / 5 or next((step for step in _STEPS if longest <= 5 * step), np.ceil(longest / 5))
    ticks = int((whole or longest) / step + 1e-9) + 1
    return alt.Axis(format=".0%", values=[float(round(step * place, 9)) for place in range(ticks)]), scale
