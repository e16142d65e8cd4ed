"""Charts of a trial that may be enlarged at its only look: its second stage and its power, with the zones."""

import altair as alt
import pandas as pd

from ite.charts.design_looks import estimate_x
from ite.charts.number_words import percent_words
from ite.charts.reading_looks import estimate_words, unit_words
from ite.charts.theme import Drawing, Theme, arm_colours, dress, ink, layered
from ite.design.fixed.design import Endpoint

_RULES = {
    "weighted": "Weighted combination",
    "usual": "Usual statistic, promising zone only",
    "planned": "Never enlarged",
}
#: Dashes of the rules: the second cue beside the colour. Two of the lines often lie on each other.
_DASHES = [[1, 0], [9, 5], [2, 4]]
#: How strongly the promising zone is shaded, where the names of the zones stand, and the legend above them.
_SHADE, _NAME_AT, _LEGEND_AT = 0.13, -8, 30


def second_stage_chart(curve: pd.DataFrame, endpoint: Endpoint, theme: Theme = "light") -> Drawing:
    """Draw the size of the second stage over the interim estimate, with the zones.

    Parameters
    ----------
    curve
        As `enlargement_curve` returns it.
    """
    unit = unit_words(endpoint)
    top = 1.08 * float(curve[["weighted_size", "usual_size"]].max().max())
    y = alt.Y(
        "value:Q",
        title=f"{unit.capitalize()} in the second stage",
        axis=alt.Axis(format=",.0f", tickCount=5),
        scale=alt.Scale(domain=[0, top], nice=False),
    )
    text = f"Size of the second stage over the estimate at the look, in {unit}: {_pairs(curve, endpoint, 'size')}."
    return dress(_over_estimate(curve, "size", y, endpoint, theme), theme, alt_text=text, height=250)


def conditional_power_chart(curve: pd.DataFrame, endpoint: Endpoint, theme: Theme = "light") -> Drawing:
    """Draw the conditional power over the interim estimate, with the zones.

    Parameters
    ----------
    curve
        As `enlargement_curve` returns it.
    """
    y = alt.Y("value:Q", title="Conditional power", axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1]))
    text = f"Conditional power over the estimate at the look: {_pairs(curve, endpoint, 'power')}."
    return dress(_over_estimate(curve, "power", y, endpoint, theme), theme, alt_text=text, height=250)


def _over_estimate(curve: pd.DataFrame, what: str, y: alt.Y, endpoint: Endpoint, theme: Theme) -> alt.LayerChart:
    """Draw the three rules' lines over the estimate, on the shaded zones with their names."""
    columns = {f"{rule}_{what}": words for rule, words in _RULES.items()}
    long = curve.melt("estimate", list(columns), "rule", "value").replace({"rule": columns})
    shown, colours = list(_RULES.values()), arm_colours(("", *_RULES.values()), theme)
    legend = alt.Legend(title=None, values=shown, offset=_LEGEND_AT)
    lines = (
        alt.Chart(long)
        .mark_line(strokeWidth=3)
        .encode(
            estimate_x("estimate", endpoint),
            y,
            alt.Color("rule:N", scale=alt.Scale(domain=shown, range=[colours[rule] for rule in shown]), legend=legend),
            alt.StrokeDash("rule:N", scale=alt.Scale(domain=shown, range=_DASHES), legend=legend),
        )
    )
    zones = _zones(curve)
    promising = alt.Chart(zones[zones["zone"] == "promising"])
    shade = promising.mark_rect(opacity=_SHADE, color=ink(theme).text).encode(
        estimate_x("start", endpoint), alt.X2("end:Q")
    )
    names = (
        alt.Chart(zones)
        .mark_text(fontWeight="bold", baseline="bottom", color=ink(theme).text)
        .encode(estimate_x("middle", endpoint), y=alt.value(_NAME_AT), text="zone:N")
    )
    return layered(shade, lines, names)


def _zones(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the zones that the curve passes through, one row each: zone, start, end and middle on the estimate."""
    grouped = curve.groupby("zone", sort=False)["estimate"]
    starts = grouped.first()
    ends = pd.Series([*starts.iloc[1:], curve["estimate"].iloc[-1]], index=starts.index)
    return pd.DataFrame({"start": starts, "end": ends, "middle": (starts + ends) / 2.0}).reset_index()


def _pairs(curve: pd.DataFrame, endpoint: Endpoint, what: str) -> str:
    """Return the figures in the middle of each zone, in words."""
    write = percent_words if what == "power" else "{:,.0f}".format
    middles = curve.iloc[[int(rows[len(rows) // 2]) for rows in curve.groupby("zone", sort=False).indices.values()]]
    return "; ".join(
        f"{row['zone']}, at {estimate_words(endpoint, row['estimate'])}: "
        + ", ".join(f"{words.lower()} {write(row[f'{rule}_{what}'])}" for rule, words in _RULES.items())
        for row in middles.to_dict("records")
    )
