"""Charts of strategies of prevention: cases prevented by each, and along the threshold of high risk."""

import altair as alt
import numpy as np
import pandas as pd

from ite.allocation.prevention import Prevention
from ite.charts.axes import vertical_rule
from ite.charts.reading_prevention import MEASURES, STRATEGY_WORDS, by_strategy, prevented_words
from ite.charts.scale import three_digits
from ite.charts.theme import Drawing, Theme, arm_colour_scale, arm_colours, arm_dash_scale, dress, ink, layered

_ABOVE, _BELOW = "among people at high risk", "among the rest"
_LOW = 190
#: The part of the width that the words beside the longest bar take.
_ROOM = 0.35
_COUNT = ",~f"
_MOST_TICKS = 5


def prevention_chart(found: Prevention, theme: Theme = "light") -> Drawing:
    """Draw the cases that each strategy prevents, by the risk of those spared, with the NNT written beside.

    The cases among people at high risk fill their part of the bar; the others have an outline alone.
    """
    rows = found.strategies.assign(row=found.strategies["strategy"].map(STRATEGY_WORDS))
    order = list(rows["row"])
    above = float(rows["prevented"].iloc[0])  # every strategy treats those at high risk
    parts = pd.concat(
        [
            rows[["row"]].assign(start=0.0, end=above, who=_ABOVE),
            rows[["row"]].assign(start=above, end=rows["prevented"], who=_BELOW),
        ]
    )
    parts = parts[parts["end"] > parts["start"]]
    rows = rows.assign(words=[prevented_words(*row) for row in rows[["prevented", "nnt"]].to_numpy(float).tolist()])
    most = max(float(rows["prevented"].max()), 1e-9)
    title = "Cases prevented; in brackets the number needed to treat (NNT)"
    scale = alt.Scale(domain=[0, most / (1 - _ROOM)], nice=False)
    axis = alt.Axis(values=_ticks(most), format=_COUNT, grid=False)
    y = alt.Y("row:N", sort=order, title=None, axis=alt.Axis(domain=False, ticks=False), scale=alt.Scale(padding=0.25))
    colours = arm_colours(("", _ABOVE, _BELOW), theme)
    domain = [_ABOVE, _BELOW]
    legend = alt.Legend(title=None, symbolType="square")
    bars = (
        alt.Chart(parts)
        .mark_bar(strokeWidth=2)
        .encode(
            alt.X("start:Q", title=title, axis=axis, scale=scale),
            alt.X2("end:Q"),
            y,
            alt.Fill(
                "who:N", scale=alt.Scale(domain=domain, range=[colours[_ABOVE], ink(theme).ground]), legend=legend
            ),
            alt.Stroke(
                "who:N", scale=alt.Scale(domain=domain, range=[colours[_ABOVE], colours[_BELOW]]), legend=legend
            ),
        )
    )
    text = (
        alt.Chart(rows)
        .mark_text(align="left", baseline="middle", dx=8, fontSize=16, color=ink(theme).text)
        .encode(alt.X("prevented:Q", title=title, axis=axis, scale=scale), y, alt.Text("words:N"))
    )
    told = "; ".join(f"{name}: {words}" for name, words in zip(rows["row"], rows["words"], strict=True))
    return dress(layered(bars, text), theme, alt_text=f"Cases prevented by strategy. {told}.", height=_LOW)


def prevention_curve_chart(curve: pd.DataFrame, measure: str, threshold: float, theme: Theme = "light") -> Drawing:
    """Draw one of `MEASURES` for each strategy along the threshold; the chosen one, which is among them, is marked."""
    column = MEASURES[measure]
    frame = curve.assign(line=curve["strategy"].map(STRATEGY_WORDS)).dropna(subset=[column])
    names = tuple(dict.fromkeys(curve["strategy"].map(STRATEGY_WORDS)))

    def x(field: str) -> alt.X:
        axis = alt.Axis(format=".3~%", tickCount=8)
        return alt.X(f"{field}:Q", title="High risk from", axis=axis, scale=alt.Scale(nice=False))

    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3, values=list(names))
    palette = ("", *names)  # the first place of a palette is the control arm's, and these are no arms
    lines = (
        alt.Chart(frame)
        .mark_line(strokeWidth=3)
        .encode(
            x("threshold"),
            alt.Y(f"{column}:Q", title=measure, axis=alt.Axis(format=_COUNT, tickCount=6)),
            alt.Color("line:N", scale=arm_colour_scale(palette, theme), legend=legend),
            alt.StrokeDash("line:N", scale=arm_dash_scale(palette), legend=legend),
        )
    )
    layers = layered(lines, vertical_rule(x("value"), threshold, theme, words="chosen", dashed=True))
    at = by_strategy(curve[curve["threshold"] == threshold], column)
    told = "; ".join(f"{STRATEGY_WORDS[name]} {three_digits(value)}" for name, value in at.items())
    text = f"{measure} by strategy over the threshold of high risk. At the chosen threshold: {told}."
    return dress(layers, theme, alt_text=text, height=240)


def _ticks(most: float) -> list[float]:
    power = 10 ** np.floor(np.log10(most))
    step = next(part * power for part in (0.2, 0.5, 1.0, 2.0) if most / (part * power) <= _MOST_TICKS)
    return [float(tick) for tick in step * np.arange(int(most / step) + 1)]
