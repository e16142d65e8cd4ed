"""Charts of a trial with looks: its boundaries, its expected size, and what an interim estimate says."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import label, vertical_rule
from ite.charts.number_words import percent_words
from ite.charts.reading_looks import estimate_words, unit_words, whole_words
from ite.charts.theme import Drawing, Theme, arm_colours, arm_dash_scale, dress, ink, layered
from ite.design.fixed.design import Endpoint

#: Bounds are drawn between these z-statistics; nobody reads a chart beyond them.
_LOWEST_Z, _HIGHEST_Z = -3.0, 6.0
#: Words stand this share of the axis away from their bound.
_LABEL_AT = 0.08
_KINDS = ("stop for benefit", "stop for futility")
_LINES = {"assumed": "assumed effect", "trend": "trend goes on", "predictive": "predictive power"}


def boundary_chart(table: pd.DataFrame, endpoint: Endpoint, theme: Theme = "light") -> Drawing:
    """Draw the bounds on the z scale over the information, with nominal p-values for benefit.

    Parameters
    ----------
    table
        As `look_table` returns it.
    """
    bounds = _bounds(table, unit_words(endpoint))
    low, high = min(float(bounds["z"].min()) - 1.0, -0.5), float(bounds["z"].max()) + 0.9
    limits = alt.Scale(domain=[low, high], nice=False)
    title = f"{unit_words(endpoint).capitalize()}" + ("" if unit_words(endpoint) == "events" else " with an outcome")
    information = alt.Scale(domain=[0, 1.06 * float(bounds["information"].max())], nice=False)
    x = alt.X("information:Q", title=title, axis=alt.Axis(format=",.0f", tickCount=7), scale=information)
    y = alt.Y("z:Q", title="z-statistic", axis=alt.Axis(tickCount=6), scale=limits)
    colours = arm_colours(("", *_KINDS), theme)
    kinds = [kind for kind in _KINDS if kind in set(bounds["kind"])]
    scale = alt.Scale(domain=kinds, range=[colours[kind] for kind in kinds])
    legend = alt.Legend(title=None, symbolOpacity=1)
    base = alt.Chart(bounds).encode(x, y, alt.Color("kind:N", scale=scale, legend=legend))
    points = base.mark_point(filled=True, size=170, opacity=1).encode(
        alt.Shape(
            "kind:N", scale=alt.Scale(domain=kinds, range=["triangle-up", "triangle-down"][: len(kinds)]), legend=legend
        )
    )
    written = alt.Chart(bounds.assign(z=bounds["z"] + _LABEL_AT * (high - low) * bounds["outwards"])).encode(x, y)
    layers = layered(
        base.mark_area(opacity=0.12, clip=True).encode(alt.Y2("end:Q")),
        base.mark_line(strokeWidth=2.5),
        points,
        label(written, "words", theme, dy=0),
    )
    pairs = "; ".join(
        f"{kind} at {information:,.0f}: z {z:.2f}"
        for kind, information, z in bounds[["kind", "information", "z"]].itertuples(index=False)
    )
    return dress(layers, theme, alt_text=f"Stopping bounds of the z-statistic: {pairs}.", height=270)


def expected_size_chart(sizes: pd.DataFrame, endpoint: Endpoint, theme: Theme = "light") -> Drawing:
    """Draw the size with one analysis, the largest with looks, and the expected ones.

    Parameters
    ----------
    sizes
        As `size_table` returns it.
    """
    colours, unit = arm_colours(("control", "looks"), theme), unit_words(endpoint)
    planned = np.arange(len(sizes)) < 2
    words = [
        whole_words(endpoint, size) if plan else f"{size:,.0f}"
        for size, plan in zip(sizes["size"], planned, strict=True)
    ]
    rows = sizes.assign(words=words, planned=planned)
    wide = alt.Scale(domain=[0, 1.15 * float(sizes["size"].max())], nice=False)
    base = alt.Chart(rows).encode(
        alt.Y("design:N", sort=list(sizes["design"]), title=None, axis=alt.Axis(labelLimit=260)),
        alt.X("size:Q", title=unit.capitalize(), axis=alt.Axis(format=",.0f", tickCount=6), scale=wide),
    )
    fill = alt.Color("planned:N", scale=alt.Scale(domain=[True, False], range=list(colours.values())), legend=None)
    layers = layered(
        base.mark_bar(height=22).encode(fill),
        base.mark_text(align="left", dx=6, color=ink(theme).text).encode(text="words:N"),
    )
    pairs = "; ".join(f"{name} {words}" for name, words in zip(rows["design"], rows["words"], strict=True))
    return dress(layers, theme, alt_text=f"Size in {unit}: {pairs}.", height=44 * len(rows))


def interim_chart(curve: pd.DataFrame, said: pd.DataFrame, endpoint: Endpoint, theme: Theme = "light") -> Drawing:
    """Draw conditional and predictive power over the interim estimate, with the typed one as a line.

    Parameters
    ----------
    curve, said
        As `interim_curve` and `interim_result` return them.
    """
    names = ("", *_LINES.values())
    long = curve.melt("estimate", list(_LINES), "line", "power").replace({"line": _LINES})
    colours = arm_colours(names, theme)
    shown = list(_LINES.values())
    scale = alt.Scale(domain=shown, range=[colours[name] for name in shown])
    legend = alt.Legend(title=None, values=shown)
    lines = (
        alt.Chart(long)
        .mark_line(strokeWidth=3)
        .encode(
            estimate_x("estimate", endpoint),
            alt.Y("power:Q", title="Power at the end", axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1])),
            alt.Color("line:N", scale=scale, legend=legend),
            alt.StrokeDash("line:N", scale=arm_dash_scale(names), legend=legend),
        )
    )
    row = said.iloc[0].to_dict()
    words = estimate_words(endpoint, row["estimate"])
    text = (
        f"Power at the end over the estimate at the look. At {words} it is {percent_words(row['assumed'])} under the "
        f"assumed effect, {percent_words(row['trend'])} if the trend goes on, and {percent_words(row['predictive'])} "
        "predictive."
    )
    return dress(
        layered(vertical_rule(estimate_x("value", endpoint), row["estimate"], theme, dashed=True), lines),
        theme,
        alt_text=text,
        height=250,
    )


def estimate_x(field: str, endpoint: Endpoint) -> alt.X:
    """Return a horizontal axis of estimates at the look, in the endpoint's unit."""
    axis = alt.Axis(format=".0%" if endpoint.kind == "rates" else "~g", tickCount=8)
    return alt.X(f"{field}:Q", title=_estimate_title(endpoint), axis=axis, scale=alt.Scale(zero=False, nice=False))


def _bounds(table: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Return the bounds there are, one row each: kind, information, z, end (of the area beyond), outwards, words."""
    benefit = pd.DataFrame(
        {
            "kind": _KINDS[0],
            "information": table[unit],
            "z": table["z_benefit"].clip(upper=_HIGHEST_Z),
            "end": 2.0 * _HIGHEST_Z,
            "outwards": 1.0,
            "words": [_nominal(p_value) for p_value in table["p_benefit"]],
        }
    )
    futility = pd.DataFrame(
        {
            "kind": _KINDS[1],
            "information": table[unit],
            "z": table["z_futility"].clip(lower=_LOWEST_Z),
            "end": 2.0 * _LOWEST_Z,
            "outwards": -1.0,
            "words": [f"z {z:.2f}" for z in table["z_futility"]],
        }
    )
    return pd.concat([benefit, futility], ignore_index=True).dropna(subset="z")


def _nominal(p_value: float) -> str:
    return f"p {p_value:.4f}" if p_value >= 0.0001 else "p < 0.0001"


def _estimate_title(endpoint: Endpoint) -> str:
    names = {"means": "Estimated difference of means", "rates": "Estimated difference of rates"}
    return f"{names.get(endpoint.kind, 'Estimated hazard ratio')} at the look"
