"""The Qini curve: responders gained by treating in the order of predicted benefit."""

import altair as alt
import pandas as pd

from ite.charts.theme import Drawing, Theme, arm_colour, dress, ink, layered


def responder_chart(curve: pd.DataFrame, arm: str, arms: tuple[str, ...], theme: Theme = "light") -> Drawing:
    """Draw the curve of `ite.evaluation.outcome_ranking.responder_curve` above the line of a random order."""
    colours, base = ink(theme), alt.Chart(curve)
    title = "Extra good outcomes among those treated"
    share = alt.X(
        "share:Q",
        title="Share of patients taken, most predicted benefit first",
        axis=alt.Axis(format=".0%", tickCount=6),
        scale=alt.Scale(domain=[0, 1]),
    )
    random = base.mark_line(color=colours.reference, strokeDash=[6, 3]).encode(share, alt.Y("random:Q", title=title))
    gained = base.mark_line(strokeWidth=3, color=arm_colour(arm, arms, theme)).encode(
        share, alt.Y("value:Q", title=title)
    )
    half = curve.iloc[(curve["share"] - 0.5).abs().argmin()]
    text = (
        f"Qini curve of {arm}: {half['value']:.1f} extra good outcomes in the first half of the ranking, "
        f"{half['random']:.1f} in a random half."
    )
    return dress(layered(random, gained), theme, alt_text=text)
