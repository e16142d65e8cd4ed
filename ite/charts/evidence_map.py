"""The map of covariates: how strongly each tells the outcome, and how strongly the effect."""

import altair as alt
import pandas as pd

from ite.charts.axes import label
from ite.charts.theme import Drawing, Theme, arm_colour, dress, ink, layered

_HEIGHT = 430
_OUTCOME = "Strength as a sign of the outcome under control"
_EFFECT = "Strength as a sign of the effect"


def map_chart(covariates: pd.DataFrame, arm: str, arms: tuple[str, ...], theme: Theme = "light") -> Drawing:
    """Draw a point per covariate of `ite.evaluation.covariate_map.covariate_map`, with the bands of chance.

    The shaded bands hold all covariates in 95 of 100 trials in which none tells anything; points outside are named.
    """
    frame = covariates[covariates["kind"].notna()].copy()
    # Inside both bands a name would say more than the point does; with few covariates each has room for its own.
    frame["label"] = frame["covariate"].where((frame["kind"] != "neither") | (len(frame) <= 6), "")
    colours, colour = ink(theme), arm_colour(arm, arms, theme)
    bands = frame[["prognostic_band", "predictive_band"]].iloc[[0]].assign(zero=0.0)
    ends = [
        1.18 * max(float(frame[name].max()), float(frame[f"{name}_band"].iloc[0]))
        for name in ("prognostic", "predictive")
    ]

    def x(field: str) -> alt.X:
        return alt.X(
            f"{field}:Q", title=_OUTCOME, axis=alt.Axis(tickCount=7), scale=alt.Scale(domain=[0, ends[0]], nice=False)
        )

    def y(field: str) -> alt.Y:
        return alt.Y(
            f"{field}:Q", title=_EFFECT, axis=alt.Axis(tickCount=6), scale=alt.Scale(domain=[0, ends[1]], nice=False)
        )

    shade = alt.Chart(bands).mark_rect(color=colours.quiet, opacity=0.16)
    edge = alt.Chart(bands).mark_rule(color=colours.reference, strokeDash=[6, 3], strokeWidth=1.5)
    base = alt.Chart(frame).encode(x("prognostic"), y("predictive"))
    shape = alt.Shape(
        "kind:N",
        scale=alt.Scale(
            domain=["neither", "prognostic", "effect modifier", "both"],
            range=["circle", "square", "triangle-up", "diamond"],
        ),
        title="By the bands",
    )
    layers = layered(
        shade.encode(x=alt.value(0), x2=alt.value("width"), y=y("zero"), y2="predictive_band:Q"),
        shade.encode(y=alt.value(0), y2=alt.value("height"), x=x("zero"), x2="prognostic_band:Q"),
        edge.encode(x("prognostic_band")),
        edge.encode(y("predictive_band")),
        base.mark_point(filled=True, size=190, opacity=0.95, color=colour).encode(shape),
        label(base, "label", theme, dy=-17, size=14),
    )
    told = "; ".join(
        f"{row.covariate} {row.prognostic:.1f} and {row.predictive:.1f}, {row.kind}"
        for row in frame.head(8).itertuples()
    )
    text = f"Map of covariates, strength as a sign of the outcome and of the effect of {arm}: {told}."
    return dress(layers, theme, alt_text=text, height=_HEIGHT)
