"""How much or how long to treat, drawn: control, damage and what they are worth together, over exposure."""

import altair as alt
import pandas as pd

from ite.charts.theme import Drawing, Theme, arm_colours, dress, ink, layered
from ite.value.sweet_spot import SweetSpot, sweet_spot
from ite.value.uncertain_sweet_spot import UncertainExposure, UncertainSweetSpot, uncertain_sweet_spot

_LINES = ("damage, weighted", "utility", "control")
_HEIGHT = 175


def sweet_spot_table(spec: UncertainExposure) -> pd.DataFrame:
    """Return the curves at the given rates: exposure, control, damage, utility, and the slopes of the first two."""
    return sweet_spot(spec).curve


def best_exposure_table(spec: UncertainExposure) -> pd.DataFrame:
    """Return the exposure to choose, and the band of the best one over draws of the rates, in one row."""
    found = uncertain_sweet_spot(spec, seed=0)
    return pd.DataFrame([{name: value for name, value in vars(found).items() if name != "draws"}])


def sweet_spot_chart(spot: SweetSpot, found: UncertainSweetSpot, unit: str, theme: Theme = "light") -> Drawing:
    """Draw the curves with the exposure to choose and its band.

    Parameters
    ----------
    spot, found
        At the given rates, and over draws of them.
    unit
        Of exposure, in words.
    """
    curve = spot.curve.assign(weighted=spot.spec.damage_weight * spot.curve["damage"])
    names = dict(zip(("weighted", "utility", "control"), _LINES, strict=True))
    long = curve.melt("exposure", list(names)).assign(line=lambda frame: frame["variable"].map(names))
    end = float(curve["exposure"].max())
    x = alt.X("exposure:Q", title=f"Exposure ({unit})", scale=alt.Scale(domain=[0, end], nice=False, clamp=True))
    y = alt.Y("value:Q", title="Of full control", axis=alt.Axis(tickCount=5, format=".0%"))
    colours = arm_colours(_LINES, theme)
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3)
    scale = alt.Scale(domain=list(_LINES), range=[colours[name] for name in _LINES])
    dashes = alt.Scale(domain=list(_LINES), range=[[6, 3], [1, 0], [2, 3]])
    band = pd.DataFrame({"exposure": [min(found.lower, end)], "upper": [min(found.upper, end)]})
    best = alt.Chart(pd.DataFrame({"exposure": [min(found.exposure, end)]})).encode(x)
    layers = layered(
        alt.Chart(band).mark_rect(opacity=0.18, color=colours["utility"]).encode(x, alt.X2("upper:Q")),
        alt.Chart(long)
        .mark_line(strokeWidth=3)
        .encode(
            x,
            y,
            alt.Color("line:N", scale=scale, legend=legend),
            alt.StrokeDash("line:N", scale=dashes, legend=legend),
        ),
        best.mark_rule(strokeWidth=2.5, color=ink(theme).reference),
    )
    text = (
        f"Control, weighted damage and utility over exposure in {unit}; largest expected utility at "
        f"{found.exposure:.3g}, 95 % of the best exposures between {found.lower:.3g} and {found.upper:.3g}."
    )
    return dress(layers, theme, alt_text=text, height=_HEIGHT)
