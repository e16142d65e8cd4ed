"""Charts that set designs against each other: strategies, regret, costly assumptions, and the map of errors."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.design_bars import share_axis
from ite.charts.design_tables import SCALES
from ite.charts.number_words import measured, percent_words
from ite.charts.theme import Drawing, Theme, arm_colour_scale, arm_colours, arm_dash_scale, dress, ink, layered
from ite.design.comparison.error_map import ErrorMap
from ite.design.comparison.regret import Regret
from ite.design.comparison.side_by_side import SideBySide
from ite.design.comparison.strategy import STRATEGIES
from ite.design.comparison.tornado import Tornado
from ite.errors import DesignError
from ite.trial.normal import NORMAL_975

_NAMES = tuple(map(str, STRATEGIES))
_EFFECT = alt.Axis(format=".2~f", tickCount=8)
_LINES = alt.Legend(title=None, columns=3, symbolType="stroke", symbolStrokeWidth=3)
#: Shades of an error from none to the largest: the first is close to the ground.
_SHADES: dict[Theme, list[str]] = {"light": ["#EAF2F8", "#0072B2"], "dark": ["#1D2A38", "#7CC7F2"]}


def strategies_chart(found: SideBySide, theme: Theme = "light") -> Drawing:
    """Draw the probability of each strategy to show a benefit, with its Monte-Carlo interval."""
    frame = found.strategies.reset_index()
    frame["lower"] = np.clip(frame["any"] - NORMAL_975 * frame["any_se"], 0, 1)
    frame["upper"] = np.clip(frame["any"] + NORMAL_975 * frame["any_se"], 0, 1)
    frame["words"] = [percent_words(*pair) for pair in zip(frame["any"], frame["any_se"], strict=True)]
    names = list(frame["strategy"])
    axis, scale = share_axis(frame["upper"], names, frame["words"])
    base = alt.Chart(frame).encode(
        alt.Y("strategy:N", sort=names, title=None),
        alt.X("any:Q", title="Probability to show a benefit somewhere", axis=axis, scale=scale),
    )
    layers = layered(
        base.mark_bar(height={"band": 0.62}).encode(
            alt.Color("strategy:N", scale=arm_colour_scale(_NAMES, theme), legend=None)
        ),
        base.mark_rule(strokeWidth=2, color=ink(theme).reference).encode(alt.X("lower:Q"), alt.X2("upper:Q")),
        base.mark_text(align="left", dx=10).encode(text="words:N"),
    )
    pairs = "; ".join(f"{name} {words}" for name, words in zip(frame["strategy"], frame["words"], strict=True))
    return dress(layers, theme, alt_text=f"Probability to show a benefit: {pairs}.", height=20 + 46 * len(frame))


def regret_chart(found: Regret, theme: Theme = "light") -> Drawing:
    """Draw what each strategy loses against the best one, over how much of the effect the other patients share."""
    unit, factor = SCALES[found.design.scenario.outcome.kind]
    labels = {"labelExpr": "format(100 * datum.value, '.3~g')"} if factor == 100.0 else {}
    frame = found.truths.assign(
        lower=(found.truths["regret"] - NORMAL_975 * found.truths["regret_se"]).clip(lower=0.0),
        upper=found.truths["regret"] + NORMAL_975 * found.truths["regret_se"],
    )
    base = alt.Chart(frame).encode(
        alt.X(
            "complement:Q",
            title="Effect outside the subgroup, as a share of that inside",
            axis=alt.Axis(format=".0%", tickCount=6),
        ),
        alt.Y("regret:Q", title=f"Benefit lost against the best ({unit})", axis=alt.Axis(tickCount=5, **labels)),
        alt.Color("strategy:N", scale=arm_colour_scale(_NAMES, theme), legend=_LINES),
    )
    dash = alt.StrokeDash("strategy:N", scale=arm_dash_scale(_NAMES), legend=_LINES)
    layers = layered(
        base.mark_line(strokeWidth=3).encode(dash),
        base.mark_rule(strokeWidth=2).encode(alt.Y("lower:Q"), alt.Y2("upper:Q")),
        base.mark_point(size=70, filled=True, opacity=1),
    )
    worst = "; ".join(
        f"{name} {measured(factor * value, factor * error)}"
        for name, value, error in found.strategies[["largest", "largest_se"]].itertuples()
    )
    return dress(layers, theme, alt_text=f"Regret over the truths; largest for each strategy: {worst}.")


def tornado_chart(found: Tornado, theme: Theme = "light") -> Drawing:
    """Draw the power when each assumption is less and more favourable, the costliest on top."""
    rows = [
        {
            "assumption": row["assumption"],
            "side": side,
            "value": row[f"{side}_value"],
            "power": row[side],
            "base": found.power,
        }
        for row in found.assumptions.to_dict("records")
        for side in ("low", "high")
        if not pd.isna(row[side])
    ]
    frame = pd.DataFrame(rows)
    # The words stand outside the bar: to the left of it where the power falls, to the right where it grows.
    frame["falls"] = frame["power"] < frame["base"]
    reach = float(np.abs(frame["power"] - found.power).max()) + 0.02
    domain = [max(found.power - 1.35 * reach, -0.02), min(found.power + 1.35 * reach, 1.02)]
    base = alt.Chart(frame).encode(
        alt.Y(
            "assumption:N",
            sort=list(dict.fromkeys(frame["assumption"])),
            title=None,
            axis=alt.Axis(labelLimit=260),
        ),
        alt.X(
            "power:Q",
            title="Probability to show a benefit",
            axis=alt.Axis(format=".0%", tickCount=6),
            scale=alt.Scale(domain=domain),
        ),
    )
    low, high = arm_colours(("control", "new"), theme).values()
    sides = alt.Scale(domain=["low", "high"], range=[low, high])
    legend = alt.Legend(title=None, labelExpr="datum.label == 'low' ? 'lower value' : 'higher value'")
    layers = layered(
        base.mark_bar(height={"band": 0.55}).encode(alt.X2("base:Q"), alt.Color("side:N", scale=sides, legend=legend)),
        base.transform_filter("datum.falls").mark_text(align="right", dx=-6).encode(text="value:N"),
        base.transform_filter("!datum.falls").mark_text(align="left", dx=6).encode(text="value:N"),
        _power_as_assumed(found.power, base, theme),
    )
    costs = "; ".join(
        f"{row['assumption']} {100 * row['change']:.1f} points"
        for row in found.assumptions.to_dict("records")
        if not pd.isna(row["change"])
    )
    return dress(
        layers,
        theme,
        alt_text=f"Largest change of power by assumption: {costs}.",
        height=30 + 40 * len(set(frame["assumption"])),
    )


def _power_as_assumed(power: float, bars: alt.Chart, theme: Theme) -> alt.Chart:
    rule: alt.Chart = alt.Chart(pd.DataFrame({"power": [power]})).mark_rule(color=ink(theme).reference, strokeWidth=1.5)
    return rule.encode(bars.encoding.x)


def error_map_chart(found: ErrorMap, theme: Theme = "light") -> Drawing:
    """Draw the family-wise error over the effects in both strata, with the worst points marked.

    Raises
    ------
    DesignError
        For more than two strata, which no map can show.
    """
    strata = found.design.scenario.strata
    if len(strata) != 2:
        raise DesignError(f"A map has two axes; this design has {len(strata)} strata. Read the table of worst points.")
    inside, outside = strata
    frame = found.grid.rename(columns={inside: "inside", outside: "outside"})
    level, alpha = float(frame["error"].max()), found.design.boundary.alpha
    cells, curve = _cells(frame)
    across = alt.X("inside:Q", title=f"Effect in the {inside}", axis=_EFFECT, scale=alt.Scale(nice=False, zero=False))
    down = alt.Y("outside:Q", title=f"Effect in the {outside}", axis=_EFFECT, scale=alt.Scale(nice=False, zero=False))
    shade = alt.Color(
        "error:Q",
        title="Family-wise error",
        scale=alt.Scale(range=_SHADES[theme], domain=[0, max(level, alpha)]),
        legend=alt.Legend(format=".1%", gradientLength=320, orient="top", tickCount=3),
    )
    worst = found.worst.rename(columns={inside: "inside", outside: "outside"})
    worst = worst.assign(rank=[str(place + 1) for place in range(len(worst))])
    points = alt.Chart(worst).encode(across, down)
    colours = ink(theme)
    layers = layered(
        alt.Chart(cells).mark_rect().encode(across, alt.X2("right:Q"), down, alt.Y2("top:Q"), shade),
        alt.Chart(curve).mark_point(filled=True, size=90, opacity=1, stroke=colours.quiet).encode(across, down, shade),
        points.mark_point(size=260, strokeWidth=2.5, color=colours.harm, filled=False),
        points.mark_text(dx=17, fontWeight="bold", stroke=colours.ground, strokeWidth=4).encode(text="rank:N"),
        points.mark_text(dx=17, fontWeight="bold", color=colours.text).encode(text="rank:N"),
    )
    top = found.worst.to_dict("records")[0]
    words = (
        f"Map of the family-wise error over effects in {inside} and {outside}; the worst point, "
        f"{top[inside]:.3g} and {top[outside]:.3g}, has {percent_words(top['error'])}."
    )
    return dress(layers, theme, alt_text=words, height=380)


def _cells(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the points of the regular grid as rectangles, and the others as they are.

    A rectangle reaches half a step to each side of its point.
    """
    counts = frame["inside"].round(9).value_counts()
    regular = np.sort(np.array([value for value, count in counts.items() if count > 1]))
    on_grid = frame["inside"].round(9).isin(regular) & frame["outside"].round(9).isin(regular)
    step = float(np.diff(regular).min()) if len(regular) > 1 else 1.0
    cells = frame[on_grid]
    cells = cells.assign(
        right=cells["inside"] + step / 2,
        top=cells["outside"] + step / 2,
        inside=cells["inside"] - step / 2,
        outside=cells["outside"] - step / 2,
    )
    return cells, frame[~on_grid]
