"""Concepts of causality, tabled and drawn over an axis: an instrument's ratio, crossover, an unmeasured confounder."""

import math

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import horizontal_rule, label, vertical_rule
from ite.charts.scale import same_decimals, three_digits
from ite.charts.theme import Drawing, Theme, arm_colour, dress, ink, layered
from ite.value.crossover import MixedArms, diluted_effect
from ite.value.unmeasured_confounding import ObservedRatio, e_value, explaining_strength
from ite.value.wald_ratio import Instrument, wald_ratio

_HEIGHT, _POINTS = 190, 101
USUAL, ROBUST = "Usual interval (delta method)", "Anderson-Rubin set"


def ratio_table(spec: Instrument) -> pd.DataFrame:
    """Return the intervals of an instrument's ratio, a row for each piece: interval, lower, upper (may be infinite)."""
    found = wald_ratio(spec)
    rows = [] if found.delta is None else [(USUAL, *found.delta)]
    return pd.DataFrame(
        [*rows, *((ROBUST, *piece) for piece in found.accepted)], columns=["interval", "lower", "upper"]
    )


def ratio_chart(spec: Instrument, theme: Theme = "light") -> Drawing:
    """Draw the ratio with its usual interval and the set that holds for weak instruments, which may have no end."""
    found, table = wald_ratio(spec), ratio_table(spec)
    domain = _domain(table, found.effect)
    frame = table.assign(left=table["lower"].clip(lower=domain[0]), right=table["upper"].clip(upper=domain[1]))
    frame["middle"], frame["words"] = (frame["left"] + frame["right"]) / 2, [_piece(*row) for row in _limits(table)]
    axis = alt.Axis(format=",.6~g", tickCount=6)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="Effect of treatment", axis=axis, scale=alt.Scale(domain=domain, nice=False))

    names = list(dict.fromkeys(frame["interval"]))
    base = alt.Chart(frame).encode(alt.Y("interval:N", sort=names, title=None, axis=alt.Axis(labelPadding=10)))
    colour = arm_colour("ratio", ("", "ratio"), theme)
    layers: list[Drawing] = [
        vertical_rule(x("value"), 0.0, theme),
        base.mark_rule(strokeWidth=5, color=colour).encode(x("left"), alt.X2("right:Q")),
        label(base.encode(x("middle")), "words", theme, dy=-18, size=14),
    ]
    if found.effect is not None:
        point = base.transform_calculate(effect=f"{found.effect}").mark_point(filled=True, size=140, opacity=1)
        layers.append(point.encode(x("effect"), color=alt.value(ink(theme).text)))
    pairs = "; ".join(f"{name}: {words}" for name, words in frame[["interval", "words"]].to_numpy())
    text = f"Effect of treatment among those whom the instrument moves. {pairs}."
    return dress(layered(*layers), theme, alt_text=text, height=70 + 50 * len(names))


def _limits(table: pd.DataFrame) -> list[list[float]]:
    limits: list[list[float]] = table[["lower", "upper"]].to_numpy(float).tolist()
    return limits


def _piece(lower: float, upper: float) -> str:
    """Write a piece of a set; an end that is not there is said."""
    if math.isinf(lower) and math.isinf(upper):
        return "every value"
    if math.isinf(lower):
        return f"up to {three_digits(upper)}"
    if math.isinf(upper):
        return f"from {three_digits(lower)}"
    return " to ".join(same_decimals(np.array([lower, upper])))


def _domain(table: pd.DataFrame, effect: float | None) -> list[float]:
    ends = [0.0, *(value for pair in _limits(table) for value in pair if math.isfinite(value))]
    ends += [] if effect is None else [effect]
    low, high = min(ends), max(ends)
    room = 0.2 * ((high - low) or 1.0)
    return [low - room, high + room]


def dilution_table(effect: float, arms: MixedArms) -> pd.DataFrame:
    """Return what a trial shows of an effect as more and more controls get the treatment.

    Columns crossover (share of controls), shown (by intention to treat), size_factor (times the patients that show it
    with the same power; NaN where no number would do).
    """
    rows = []
    for share in np.linspace(0.0, 1.0, _POINTS):
        found = diluted_effect(effect, arms.model_copy(update={"crossover": float(share)}))
        rows.append((float(share), found.assignment, found.size_factor))
    return pd.DataFrame(rows, columns=["crossover", "shown", "size_factor"]).astype({"size_factor": float})


def dilution_chart(effect: float, arms: MixedArms, theme: Theme = "light") -> Drawing:
    """Draw what a trial shows of an effect over the crossover, with the present point and the whole effect."""
    shown = diluted_effect(effect, arms).assignment
    x = alt.X("crossover:Q", title="Controls who get the treatment", axis=alt.Axis(format=".0%", tickCount=6))
    title = "Effect that the arms show"
    y = alt.Y("shown:Q", title=title, axis=alt.Axis(tickCount=5, format=",.4~g"))
    line = alt.Chart(dilution_table(effect, arms)).mark_line(strokeWidth=3)
    here = alt.Chart(pd.DataFrame({"crossover": [arms.crossover], "shown": [shown], "words": [three_digits(shown)]}))
    layers = layered(
        horizontal_rule(alt.Y("value:Q", title=title), 0.0, theme),
        horizontal_rule(alt.Y("value:Q", title=title), effect, theme, dashed=True),
        line.encode(x, y, color=alt.value(arm_colour("shown", ("", "shown"), theme))),
        here.mark_point(filled=True, size=180, opacity=1, color=ink(theme).text).encode(x, y),
        label(here.encode(x, y), "words", theme, dy=-18),
    )
    text = (
        f"Effect shown over the share of controls treated; at present {three_digits(shown)} of {three_digits(effect)}."
    )
    return dress(layers, theme, alt_text=text, height=_HEIGHT)


def confounder_table(spec: ObservedRatio) -> pd.DataFrame:
    """Return how strong a confounder must be with the outcome for each strength with treatment: risk ratios.

    Columns with_treatment, with_outcome: at and above the curve a confounder could explain the observed ratio away.
    """
    observed, point = max(spec.risk_ratio, 1 / spec.risk_ratio), e_value(spec).estimate
    with_treatment = np.linspace(observed, 3 * max(point, 1.5), 4 * _POINTS)[1:]
    frame = pd.DataFrame(
        {"with_treatment": with_treatment, "with_outcome": explaining_strength(spec.risk_ratio, with_treatment)}
    )
    seen: pd.DataFrame = frame[frame["with_outcome"] <= with_treatment.max()].reset_index(drop=True)
    return seen


def confounder_chart(spec: ObservedRatio, theme: Theme = "light") -> Drawing:
    """Draw the strengths of a confounder that would explain a risk ratio away, with the E-value."""
    value = e_value(spec).estimate
    x, y = (
        channel(f"{field}:Q", title=title, axis=alt.Axis(tickCount=6), scale=alt.Scale(zero=False, nice=True))
        for channel, field, title in (
            (alt.X, "with_treatment", "Risk ratio with treatment"),
            (alt.Y, "with_outcome", "Risk ratio with outcome"),
        )
    )
    base = alt.Chart(confounder_table(spec)).encode(x, y)
    words = f"E-value {three_digits(value)}"
    point = alt.Chart(pd.DataFrame({"with_treatment": [value], "with_outcome": [value], "words": [words]})).encode(x, y)
    layers = layered(
        base.mark_line(strokeWidth=3, color=arm_colour("line", ("", "line"), theme)),
        point.mark_point(filled=True, size=180, opacity=1, color=ink(theme).text),
        label(point, "words", theme, dy=-18),
    )
    text = f"Strengths of a confounder that would explain the risk ratio away; {words} with both."
    return dress(layers, theme, alt_text=text, height=_HEIGHT)
