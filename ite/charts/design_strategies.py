"""Charts that set designs against each other: strategies, regret, and costly assumptions."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.design_bars import share_axis
from ite.charts.design_tables import SCALES
from ite.charts.number_words import measured, percent_words
from ite.charts.theme import Drawing, Theme, arm_colour_scale, arm_colours, arm_dash_scale, dress, ink, layered
from ite.design.comparison.regret import Regret
from ite.design.comparison.side_by_side import SideBySide
from ite.design.comparison.strategy import STRATEGIES
from ite.design.comparison.tornado import Tornado
from ite.trial.normal import NORMAL_975

_NAMES = tuple(map(str, STRATEGIES))
#: In pixels: the narrowest chart of a page with inputs beside it, a letter, and a gap before words.
_NARROW, _LETTER, _GAP = 560.0, 7.5, 12.0
#: The largest part of half an axis that words may take, and the most ticks on it.
_MOST_ROOM, _MOST_TICKS = 0.6, 6


def strategies_chart(found: SideBySide, theme: Theme = "light") -> Drawing:
    """Draw the probability of each strategy to show a benefit, with its Monte-Carlo interval."""
    frame = found.strategies.reset_index()
    frame["lower"] = np.clip(frame["any"] - NORMAL_975 * frame["any_se"], 0, 1)
    frame["upper"] = np.clip(frame["any"] + NORMAL_975 * frame["any_se"], 0, 1)
    frame["words"] = [percent_words(*pair) for pair in zip(frame["any"], frame["any_se"], strict=True)]
    names = list(frame["strategy"])
    axis, scale = share_axis(frame["upper"], names, frame["words"])
    title = "Probability to show a benefit somewhere"
    base = alt.Chart(frame).encode(
        alt.Y("strategy:N", sort=names, title=None),
        alt.X("any:Q", title=title, axis=axis, scale=scale),
    )
    beyond = alt.X("upper:Q", title=title, axis=axis, scale=scale)  # words stand clear of the interval
    layers = layered(
        base.mark_bar(height={"band": 0.62}).encode(
            alt.Color("strategy:N", scale=arm_colour_scale(_NAMES, theme), legend=None)
        ),
        base.mark_rule(strokeWidth=2, color=ink(theme).reference).encode(alt.X("lower:Q"), alt.X2("upper:Q")),
        base.mark_text(align="left", dx=10).encode(beyond, text="words:N"),
    )
    pairs = "; ".join(f"{name} {words}" for name, words in zip(frame["strategy"], frame["words"], strict=True))
    return dress(layers, theme, alt_text=f"Probability to show a benefit: {pairs}.", height=20 + 46 * len(frame))


def regret_chart(found: Regret, theme: Theme = "light") -> Drawing:
    """Draw what each strategy loses against the best one, over how much of the effect the other patients share."""
    unit, factor = SCALES[found.design.scenario.outcome.kind]
    losses = alt.Axis(tickCount=5, labelExpr=f"format({factor:g} * datum.value, '.3~g')")
    frame = found.truths.assign(
        lower=(found.truths["regret"] - NORMAL_975 * found.truths["regret_se"]).clip(lower=0.0),
        upper=found.truths["regret"] + NORMAL_975 * found.truths["regret_se"],
    )
    # A strategy that is left out keeps its colour for others and has no entry.
    present = [name for name in _NAMES if name in found.strategies.index]
    lines = alt.Legend(title=None, columns=3, symbolType="stroke", symbolStrokeWidth=3, values=present)
    base = alt.Chart(frame).encode(
        alt.X(
            "complement:Q",
            title="Effect outside the subgroup, as a share of that inside",
            axis=alt.Axis(format=".0%", values=[0, 0.2, 0.4, 0.6, 0.8, 1.0]),
            scale=alt.Scale(domain=[-0.02, 1.02], nice=False),
        ),
        alt.Y("regret:Q", title=f"Benefit lost against the best ({unit})", axis=losses),
        alt.Color("strategy:N", scale=arm_colour_scale(_NAMES, theme), legend=lines),
    )
    dash = alt.StrokeDash("strategy:N", scale=arm_dash_scale(_NAMES), legend=lines)
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
    axis, scale = _around(found.power, frame)
    base = alt.Chart(frame).encode(
        alt.Y(
            "assumption:N",
            sort=list(dict.fromkeys(frame["assumption"])),
            title=None,
            axis=alt.Axis(labelLimit=260),
        ),
        alt.X("power:Q", title="Probability to show a benefit", axis=axis, scale=scale),
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


def _around(power: float, frame: pd.DataFrame) -> tuple[alt.Axis, alt.Scale]:
    """Return an axis with the power as assumed in its middle and room for words on both sides of the bars."""
    half = (_NARROW - _LETTER * float(frame["assumption"].str.len().max())) / 2
    words = min((_LETTER * float(frame["value"].str.len().max()) + _GAP) / half, _MOST_ROOM)
    reach = max(float((frame["power"] - power).abs().max()), 0.02) / (1 - words)
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2) if step * _MOST_TICKS >= 2 * reach or step == 0.2)
    ticks = np.arange(np.ceil(max(power - reach, 0.0) / step), np.floor(min(power + reach, 1.0) / step) + 1) * step
    axis = alt.Axis(format=".0%", values=ticks.round(9).tolist())
    return axis, alt.Scale(domain=[power - reach, power + reach], nice=False)


def _power_as_assumed(power: float, bars: alt.Chart, theme: Theme) -> alt.Chart:
    rule: alt.Chart = alt.Chart(pd.DataFrame({"power": [power]})).mark_rule(color=ink(theme).reference, strokeWidth=1.5)
    return rule.encode(bars.encoding.x)
