"""The plane of two outcomes: what an arm does to the first against what it does to the second."""

import altair as alt
import pandas as pd

from ite.charts.axes import effect_x, effect_y
from ite.charts.scale import EffectUnit
from ite.charts.theme import Drawing, Theme, arm_colour, dress, ink, layered
from ite.evaluation.benefit_and_harm import EVERYBODY

_HEIGHT = 430


def plane_chart(
    table: pd.DataFrame, units: tuple[EffectUnit, EffectUnit], arm: str, arms: tuple[str, ...], theme: Theme = "light"
) -> Drawing:
    """Draw both effects in everybody and in each fifth, with intervals in both directions.

    Parameters
    ----------
    table
        Of `ite.evaluation.benefit_and_harm.benefit_and_harm`.
    units
        Of the first and of the second outcome.
    """
    colours, colour = ink(theme), arm_colour(arm, arms, theme)
    frame = table.assign(
        label=table["group"].str.removeprefix("fifth ").replace(EVERYBODY, "all"), whole=table["group"] == EVERYBODY
    )
    titles = f"First outcome: b{units[0].axis_title[1:]}", f"Second outcome: b{units[1].axis_title[1:]}"

    def x(field: str) -> alt.X:
        return effect_x(field, units[0], titles[0])

    def y(field: str) -> alt.Y:
        return effect_y(field, units[1], titles[1])

    zero = alt.Chart(pd.DataFrame({"value": [0.0]})).mark_rule(color=colours.reference, strokeWidth=1.5)
    base = alt.Chart(frame).encode(x("benefit"), y("second"))
    shape = alt.Shape("whole:N", scale=alt.Scale(domain=[False, True], range=["circle", "diamond"]), legend=None)
    size = alt.Size("whole:N", scale=alt.Scale(domain=[False, True], range=[420, 1_100]), legend=None)
    layers = layered(
        zero.encode(x("value")),
        zero.encode(y("value")),
        alt.Chart(frame)
        .mark_rule(color=colour, opacity=0.55, strokeWidth=2)
        .encode(x("benefit_lower"), alt.X2("benefit_upper:Q"), y("second")),
        alt.Chart(frame)
        .mark_rule(color=colour, opacity=0.55, strokeWidth=2)
        .encode(x("benefit"), y("second_lower"), alt.Y2("second_upper:Q")),
        base.mark_point(filled=True, opacity=1, color=colours.ground, stroke=colour, strokeWidth=2.5).encode(
            shape, size
        ),
        base.mark_text(color=colours.text, fontWeight="bold").encode(text="label:N"),
    )
    values = frame[["benefit", "second"]].to_numpy(dtype=float).tolist()
    told = "; ".join(
        f"{group} {units[0].number(first)} and {units[1].number(second)}"
        for group, (first, second) in zip(frame["group"], values, strict=True)
    )
    text = f"Effect of {arm} on the first and on the second outcome, positive is good on both: {told}."
    return dress(layers, theme, alt_text=text, height=_HEIGHT)
