"""Bars of designs side by side: the figures down, a bar for each design, its number written beside it."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.theme import Drawing, Theme, arm_colour_scale, dress, ink, layered

_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
#: A letter, and the narrowest chart of a page with inputs beside it, in pixels.
_LETTER, _NARROW = 8.0, 560.0
_ROWS, _GAPS = alt.Axis(domain=False, ticks=False), alt.Scale(paddingInner=0.25, paddingOuter=0.1)


def compared_bars(frame: pd.DataFrame, *, title: str, alt_text: str, theme: Theme) -> Drawing:
    """Draw shares as bars, those of the first design in the colour of a control arm.

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
    axis, scale = _axis(float(max(end.max(), 0.01)), rows, frame["words"])
    several = alt.Legend(title=None) if len(designs) > 1 else None

    def placed(data: pd.DataFrame, field: str) -> alt.Chart:
        y = alt.Y("row:N", sort=rows, title=None, axis=_ROWS, scale=_GAPS)
        chart: alt.Chart = alt.Chart(data).encode(y, alt.X(f"{field}:Q", title=title, axis=axis, scale=scale))
        return chart.encode(alt.YOffset("design:N", sort=list(designs))) if paired else chart

    known = frame.dropna(subset=["lower", "upper"])
    layers = layered(
        placed(frame, "value")
        .mark_bar(stroke=ink(theme).ground, strokeWidth=1.5)
        .encode(alt.Color("design:N", scale=arm_colour_scale(designs, theme), legend=several)),
        placed(known, "lower").mark_rule(strokeWidth=2, color=ink(theme).reference).encode(alt.X2("upper:Q")),
        placed(frame.assign(end=end), "end").mark_text(align="left", baseline="middle", dx=8).encode(text="words:N"),
    )
    step = 24 * len(designs) + 8 if paired else 27
    return dress(layers, theme, alt_text=alt_text, height=step * len(rows))


def _axis(longest: float, rows: list[str], words: pd.Series) -> tuple[alt.Axis, alt.Scale]:
    """Return an axis that leaves room for the words beside the longest bar."""
    plot = _NARROW - _LETTER * max(map(len, rows))
    share_of_words = min(0.7, (_LETTER * float(words.str.len().max()) + 12) / plot)
    scale = alt.Scale(domain=[0, longest / (1 - share_of_words)], nice=False)
    step = next((step for step in _STEPS if longest <= 5 * step), np.ceil(longest / 5))
    return alt.Axis(
        format=".0%", values=[float(step * place) for place in range(int(longest / step + 1e-9) + 1)]
    ), scale
