"""Responders by threshold: a curve for each arm, the chosen cut among those not chosen, and the words beside it."""

import altair as alt
import pandas as pd

from ite.charts.scale import three_digits
from ite.charts.theme import Drawing, Theme, arm_colour_scale, arm_dash_scale, dress, ink, layered


def responder_curve(shares: pd.DataFrame, arms: tuple[str, ...], title: str, theme: Theme = "light") -> Drawing:
    """Draw the share of responders in each arm over all thresholds, with the chosen one marked.

    Parameters
    ----------
    shares
        Of `ite.trial.responder_shares.share_by_threshold`.
    title
        What the threshold is, in words and with its unit.
    """
    chosen = shares[shares["chosen"]].drop_duplicates("threshold").assign(words="chosen")
    x = alt.X("threshold:Q", title=title, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=7))
    share = alt.Y("share:Q", title="Share at the threshold or better", axis=alt.Axis(format="%", tickCount=5))
    colour = alt.Color("arm:N", scale=arm_colour_scale(arms, theme), title=None, legend=alt.Legend(orient="top"))
    dash = alt.StrokeDash("arm:N", scale=arm_dash_scale(arms), title=None)
    curves = alt.Chart(shares).mark_line(strokeWidth=3, interpolate="step-before").encode(x, share, colour, dash)
    marked = alt.Chart(chosen).encode(x)
    layers = layered(
        curves,
        marked.mark_rule(strokeWidth=2, color=ink(theme).reference),
        marked.mark_text(baseline="bottom", color=ink(theme).text, fontWeight="bold").encode(
            y=alt.value(-5), text="words:N"
        ),
    )
    return dress(layers, theme, alt_text=f"Share of responders by arm over all thresholds. {responder_words(shares)}")


def responder_words(shares: pd.DataFrame) -> str:
    """Return the shares at the chosen threshold, and the range of each arm's difference over the others."""
    at = shares[shares["chosen"]].set_index("arm")["share"]
    control, *treated = list(dict.fromkeys(shares["arm"]))
    threshold = float(shares.loc[shares["chosen"], "threshold"].iloc[0])
    wide = shares.pivot_table(index="threshold", columns="arm", values="share", sort=False)
    here = "; ".join(f"{arm} {float(at.loc[[arm]].iloc[0]):.0%}" for arm in (control, *treated))
    there = []
    for arm in treated:
        gaps = 100 * (wide[arm] - wide[control])
        ends = (three_digits(round(float(gaps.min()), 1)), three_digits(round(float(gaps.max()), 1)))
        there.append(f"{arm} minus {control} runs from {ends[0]} to {ends[1]} percentage points")
    return f"Responders at {threshold:g}: {here}. Over all thresholds {'; '.join(there)}."
