"""Charts of an allocation: its frontier, its groups, and what each budget delivers."""

import altair as alt
import pandas as pd

from ite.allocation.allocate import AllocationFrontier
from ite.allocation.budget_curve import BudgetCurve
from ite.allocation.frontier import Frontier
from ite.charts.axes import effect_x, effect_y, horizontal_rule, label, vertical_rule
from ite.charts.outcome_unit import outcome_unit
from ite.charts.scale import EffectUnit
from ite.charts.theme import Drawing, Theme, arm_colour, arm_colour_scale, dress, ink, layered

PROMISED, DELIVERED, LOT = "promised by predictions", "delivered to patients not seen before", "given out by lot"
# The first place of a palette is the control arm's; these lines are no arms, so they take the others.
_NO_ARM = ""
_KINDS = (_NO_ARM, DELIVERED, PROMISED)
#: The main figure and its sentence are seen at once on a projector.
_LOW = 230
#: Words for what every group is guaranteed.
GUARANTEED = {"offers": "Least share offered in any group", "gain": "Least gain per member in any group"}


def frontier_chart(found: AllocationFrontier, unit: EffectUnit, theme: Theme = "light") -> Drawing:
    """Draw what is delivered, and promised, from most benefit to most equity; the chosen point is marked."""
    chosen = found.points.iloc[found.chosen]
    x = _level_x(found, unit)
    base = alt.Chart(found.points).encode(x)
    title = f"Gain per candidate ({outcome_unit(unit)})"
    dot = alt.Chart(found.points.iloc[[found.chosen]]).encode(x, effect_y("delivered", unit, title))
    layers = layered(
        base.mark_area(opacity=0.18, color=arm_colour(DELIVERED, _KINDS, theme)).encode(
            effect_y("lower", unit, title), alt.Y2("upper:Q")
        ),
        horizontal_rule(effect_y("value", unit, title), 0.0, theme),
        _lines(found.points.melt("level", ["delivered", "promised"]), x, unit, title, theme),
        dot.mark_point(size=160, filled=True, opacity=1, color=ink(theme).text),
    )
    words = unit.label(*chosen[["delivered", "lower", "upper"]].to_numpy(float))
    text = (
        f"Gain per candidate over what every group is guaranteed. At the chosen point {words}; promised "
        f"{unit.number(float(chosen['promised']))}."
    )
    return dress(layers, theme, alt_text=text, height=_LOW)


def allocation_groups_chart(found: AllocationFrontier, unit: EffectUnit, theme: Theme = "light") -> Drawing:
    """Draw the gain per member of each group at the chosen point, and at the most efficient one, with intervals."""
    points = {"most benefit": found.position[0], "as chosen": found.position[found.chosen]}
    if found.chosen == 0:
        points = {"as chosen": found.position[0]}
    frame = pd.concat([found.groups[found.groups["position"] == at].assign(point=name) for name, at in points.items()])
    frame["words"] = [
        f"{100 * share:.0f} % offered · {words}"
        for share, words in zip(
            frame["share_offered"], unit.labels(frame.rename(columns={"delivered": "estimate"})), strict=True
        )
    ]
    names = list(dict.fromkeys(frame["group"]))
    title = f"Gain per member ({outcome_unit(unit)})"
    scale = arm_colour_scale(("most benefit", "as chosen"), theme)
    legend = alt.Legend(title=None, values=list(points)) if len(points) > 1 else None
    base = alt.Chart(frame).encode(
        alt.Y("group:N", sort=names, title=None, axis=alt.Axis(labelLimit=180)),
        alt.YOffset("point:N", sort=list(points)),
        alt.Color("point:N", scale=scale, legend=legend),
    )
    layers = layered(
        vertical_rule(effect_x("value", unit, title), 0.0, theme),
        base.mark_rule(strokeWidth=2).encode(effect_x("lower", unit, title), alt.X2("upper:Q")),
        base.mark_point(size=110, filled=True, opacity=1).encode(
            effect_x("delivered", unit, title),
            alt.Shape(
                "point:N",
                scale=alt.Scale(domain=list(points), range=["circle", "square"][-len(points) :]),
                legend=legend,
            ),
        ),
        label(base.encode(effect_x("delivered", unit, title)), "words", theme, dy=-16, size=14),
    )
    rows = frame[["group", "point", "words"]].to_numpy()
    text = "; ".join(f"{group}, {point}: {words}" for group, point, words in rows)
    return dress(layers, theme, alt_text=f"Gain per member by group. {text}.", height=60 + 52 * len(frame))


def budget_chart(found: BudgetCurve, unit: EffectUnit, budget: float, theme: Theme = "light") -> Drawing:
    """Draw what each budget delivers, with its band, beside what predictions promise and what a lot would deliver.

    Parameters
    ----------
    budget
        Per candidate; marked.
    """
    money = found.spec.budget_unit == "money"
    title = f"Gain per candidate ({outcome_unit(unit)})"
    # At no budget there is no gain.
    start = pd.DataFrame([dict.fromkeys(found.frame.columns, 0.0)])
    frame = pd.concat([start, found.frame], ignore_index=True)

    def x(field: str) -> alt.X:
        axis = alt.Axis(format=",.4~g" if money else ".0%", tickCount=6)
        words = "Budget per candidate (money)" if money else "Candidates offered treatment"
        return alt.X(f"{field}:Q", title=words, axis=axis, scale=alt.Scale(nice=False))

    base = alt.Chart(frame).encode(x("budget"))
    layers = layered(
        base.mark_area(opacity=0.18, color=arm_colour(DELIVERED, _KINDS, theme)).encode(
            effect_y("lower", unit, title), alt.Y2("upper:Q")
        ),
        horizontal_rule(effect_y("value", unit, title), 0.0, theme),
        vertical_rule(x("value"), budget, theme, words="the budget", dashed=True),
        _lines(frame.melt("budget", ["delivered", "promised", "lot"]), x("budget"), unit, title, theme),
    )
    at = found.frame.iloc[int((found.frame["budget"] - budget).abs().argmin())]
    words = unit.label(*at[["delivered", "lower", "upper"]].to_numpy(float))
    text = f"Gain per candidate over the budget, with a simultaneous 95 % band. Near the budget asked for: {words}."
    return dress(layers, theme, alt_text=text)


def typed_frontier_chart(
    found: Frontier, chosen: int, presets: dict[str, tuple[float, float]], theme: Theme = "light"
) -> Drawing:
    """Draw the exact frontier of typed groups, with the named ways to share on and below it.

    Parameters
    ----------
    found, chosen
        Frontier, and the index of its chosen point.
    presets
        For each named way its least share (or gain) in any group, and its total gain.
    """
    frame = pd.DataFrame({"level": found.level, "gain": found.gain})
    ways = pd.DataFrame(
        [(level, gain, name) for name, (level, gain) in presets.items()], columns=["level", "gain", "way"]
    )
    # Ways that come to the same are one point with several names.
    ways = ways.round(9).groupby(["level", "gain"])["way"].agg(" · ".join).reset_index()
    number = ".3~%" if found.guarantee == "offers" else ".3~g"
    # Room for the names beside the outermost points, without numbers where there is no such guarantee.
    positive = f"datum.value < 0 ? '' : format(datum.value, '{number}')"
    axis = alt.Axis(labelExpr=positive, tickCount=6, grid=False, labelFlush=False)
    x = alt.X("level:Q", title=GUARANTEED[found.guarantee], axis=axis, scale=alt.Scale(padding=90, nice=False))
    y = alt.Y("gain:Q", title="Total gain", scale=alt.Scale(zero=True), axis=alt.Axis(format=",.4~g", tickCount=6))
    colour = arm_colour(DELIVERED, _KINDS, theme)
    base = alt.Chart(frame).encode(x, y)
    points = alt.Chart(ways).encode(x, y)
    layers = layered(
        base.mark_line(strokeWidth=3, color=colour),
        points.mark_point(size=90, filled=True, opacity=1, color=ink(theme).quiet),
        label(points, "way", theme, dy=20, size=14),
        alt.Chart(frame.iloc[[chosen]])
        .encode(x, y)
        .mark_point(size=200, strokeWidth=3, fill=ink(theme).ground, stroke=ink(theme).text, opacity=1),
    )
    pairs = "; ".join(f"{name}: {gain:.4g}" for name, (_, gain) in presets.items())
    return dress(layers, theme, alt_text=f"Total gain over what every group is guaranteed. {pairs}.", height=_LOW)


def _level_x(found: AllocationFrontier, unit: EffectUnit) -> alt.X:
    title = GUARANTEED[found.spec.guarantee]
    if found.spec.guarantee == "offers":
        axis = alt.Axis(format=".0%", tickCount=6)
        return alt.X("level:Q", title=title, axis=axis, scale=alt.Scale(zero=False, padding=14))
    return effect_x("level", unit, title, zero=False)


def _lines(long: pd.DataFrame, x: alt.X, unit: EffectUnit, title: str, theme: Theme) -> alt.Chart:
    names = {"delivered": DELIVERED, "promised": PROMISED, "lot": LOT}
    present = [names[name] for name in dict.fromkeys(long["variable"])]
    colours = [arm_colour(name, _KINDS, theme) if name in _KINDS else ink(theme).quiet for name in present]
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3, columns=2, labelLimit=400)
    base: alt.Chart = alt.Chart(long.assign(line=long["variable"].map(names)))
    drawn: alt.Chart = base.mark_line(strokeWidth=3).encode(
        x,
        effect_y("value", unit, title),
        alt.Color("line:N", scale=alt.Scale(domain=present, range=colours), legend=legend),
        alt.StrokeDash(
            "line:N", scale=alt.Scale(domain=present, range=[[1, 0], [6, 3], [2, 3]][: len(present)]), legend=legend
        ),
    )
    return drawn
