"""Charts of life and quality: two paths of utility with the area between, and what each year adds."""

from typing import Literal

import altair as alt
import pandas as pd

from ite.charts.axes import horizontal_rule
from ite.charts.scale import three_digits
from ite.charts.theme import Drawing, Theme, arm_colours, dress, ink, layered
from ite.value.two_lives import LivesCompared, TwoLives

# The main figure and its sentence are seen at once on a projector.
_LOW = 230
_COUNTED = {"undiscounted": "not discounted", "discounted": "discounted"}


def lives_chart(asked: TwoLives, found: LivesCompared, theme: Theme = "light") -> Drawing:
    """Draw the two paths; the area between them, as years of full health, is the gain or loss before discounting."""
    first, second = asked.names
    # The second is what the first is compared with, so it wears the control's colour.
    colours = arm_colours((second, first), theme)
    points = found.points.assign(upper=found.points[["first", "second"]].max(axis=1))
    how: Literal["linear", "step-after"] = "linear" if asked.paths[0].shape == "straight lines" else "step-after"
    x = alt.X("time_years:Q", title="Years", scale=alt.Scale(nice=False), axis=alt.Axis(tickCount=8, grid=False))
    lowest = min(0.0, float(found.points[["first", "second"]].min().min()))
    y = alt.Scale(domain=[lowest, 1.0])
    title = "Utility (1 is full health)"
    base = alt.Chart(points).encode(x)
    ahead = base.mark_area(opacity=0.3, color=colours[first], interpolate=how)
    behind = base.mark_area(opacity=0.3, color=ink(theme).harm, interpolate=how)
    long = points.melt("time_years", ["first", "second"], "option", "utility")
    long["option"] = long["option"].map({"first": first, "second": second})
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3, offset=8)
    lines = alt.Chart(long).mark_line(strokeWidth=3, interpolate=how)
    layers = layered(
        behind.encode(alt.Y("first:Q", scale=y, title=title), alt.Y2("upper:Q")),
        ahead.encode(alt.Y("second:Q", scale=y, title=title), alt.Y2("upper:Q")),
        lines.encode(
            x,
            alt.Y("utility:Q", scale=y, title=title),
            alt.Color(
                "option:N",
                scale=alt.Scale(domain=[first, second], range=[colours[first], colours[second]]),
                legend=legend,
            ),
            alt.StrokeDash("option:N", scale=alt.Scale(domain=[first, second], range=[[1, 0], [6, 3]]), legend=legend),
        ),
    )
    years = f"{points['time_years'].iloc[0]:g} to {points['time_years'].iloc[-1]:g} years"
    text = (
        f"Utility of {first} and {second} over {years}. The area between them is "
        f"{three_digits(found.undiscounted_gain)} QALYs for {first}, before discounting."
    )
    return dress(layers, theme, alt_text=text, height=_LOW)


def years_chart(asked: TwoLives, found: LivesCompared, theme: Theme = "light") -> Drawing:
    """Draw what the first option adds in each year, as it is and as it counts today."""
    first, second = asked.names
    long = found.by_year.melt("year", list(_COUNTED), "counted", "gain")
    long["counted"] = long["counted"].map(_COUNTED)
    domain = list(_COUNTED.values())
    colour = arm_colours((second, first), theme)[first]
    y = alt.Y("gain:Q", title=["QALYs added", "in the year"], axis=alt.Axis(tickCount=5))
    base: alt.Chart = alt.Chart(long)
    bars: alt.Chart = base.mark_bar(stroke=colour, strokeWidth=1.5).encode(
        alt.X("year:O", title="Year", axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y,
        alt.XOffset("counted:N", sort=domain),
        alt.Fill(
            "counted:N",
            scale=alt.Scale(domain=domain, range=[ink(theme).ground, colour]),
            legend=alt.Legend(title=None, symbolType="square", symbolStrokeColor=colour, offset=8),
        ),
    )
    rule = horizontal_rule(alt.Y("value:Q", title=["QALYs added", "in the year"]), 0.0, theme)
    ends = found.by_year[["year", "undiscounted", "discounted"]].to_numpy(float)[[0, -1]]
    pairs = "; ".join(
        f"year {year:.0f}: {three_digits(whole)}, counted today {three_digits(today)}" for year, whole, today in ends
    )
    return dress(layered(bars, rule), theme, alt_text=f"QALYs that {first} adds in each year; {pairs}.", height=_LOW)


def lives_table(found: LivesCompared) -> pd.DataFrame:
    """Return the QALYs of each option and the difference as they are read."""
    frame = found.frame
    return pd.DataFrame(
        {
            "Option": frame["option"].str.replace("difference", "Difference"),
            "Undiscounted QALYs": frame["undiscounted"],
            "Discounted QALYs": frame["discounted"],
            "Taken off": frame["undiscounted"] - frame["discounted"],
        }
    )
