"""Charts of uncertain cost-effectiveness: the plane, curves over the willingness to pay, and groups."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import label, vertical_rule
from ite.charts.number_words import percent_words
from ite.charts.theme import Drawing, Theme, arm_colour, arm_colour_scale, arm_dash_scale, dress, ink, layered
from ite.charts.value_cost import LOW, equal_benefit_line
from ite.charts.value_cost_money import currency_of, money, prices, threshold_words
from ite.value.plane import Plane
from ite.value.sourced import Sourced

_ROOM = 0.08
#: Lower than other charts by what the legend and the threshold's words take, so that the axis is seen at once.
_CURVES_HEIGHT = LOW - 25
_CURVES = {"probability": "Probability of being best", "expected_loss": "Expected loss per patient"}


def plane_chart(
    found: Plane, willingness_to_pay: Sourced, arms: tuple[str, ...], arm: str, theme: Theme = "light"
) -> Drawing:
    """Draw extra cost over extra QALYs, draw by draw, with the line of the willingness to pay.

    Parameters
    ----------
    arms
        Of the trial, the comparator first.
    arm
        That is set against it.
    """
    points = found.points.rename(columns={"delta_effect": "effect", "delta_cost": "cost"})
    effects, costs = (_range(points[name].to_numpy(float)) for name in ("effect", "cost"))
    x = alt.X("effect:Q", title="Extra QALYs per patient", scale=alt.Scale(domain=effects, nice=False))
    title = f"Extra cost per patient ({currency_of(willingness_to_pay)})"
    axis = alt.Axis(format=",.6~g", tickCount=5)
    y = alt.Y("cost:Q", title=title, scale=alt.Scale(domain=costs, nice=False), axis=axis)
    line = equal_benefit_line((0.0, 0.0), willingness_to_pay.value, effects, costs)
    mean = pd.DataFrame({"effect": [found.mean["delta_effect"]], "cost": [found.mean["delta_cost"]]})
    zero = alt.Chart(pd.DataFrame({"effect": [0.0], "cost": [0.0]}))
    layers = layered(
        alt.Chart(points).encode(x, y).mark_circle(size=22, opacity=0.3, color=arm_colour(arm, arms, theme), clip=True),
        zero.encode(x).mark_rule(color=ink(theme).reference, strokeWidth=1),
        zero.encode(y).mark_rule(color=ink(theme).reference, strokeWidth=1),
        alt.Chart(line).encode(x, y).mark_line(strokeDash=[6, 3], strokeWidth=3, color=ink(theme).reference),
        alt.Chart(mean)
        .encode(x, y)
        .mark_point(size=200, strokeWidth=3, fill=ink(theme).ground, stroke=ink(theme).text, opacity=1),
    )
    text = (
        f"Extra cost over extra QALYs of {arm} against {arms[0]}, {len(points):,} draws. Below the line of "
        f"{threshold_words(willingness_to_pay)} lie {percent_words(found.probability)} of all draws."
    )
    return dress(layers, theme, alt_text=text, height=LOW)


def curves_chart(
    curves: pd.DataFrame, figure: str, willingness_to_pay: Sourced, arms: tuple[str, ...], theme: Theme = "light"
) -> Drawing:
    """Draw a curve of each strategy over the willingness to pay; where it is the choice, it lies on a thick band.

    Parameters
    ----------
    curves
        Of `decision_curves`.
    figure
        "probability" or "expected_loss".
    arms
        Strategies in the order of their colours, the comparator first.
    """
    money_unit = currency_of(willingness_to_pay)
    title = _CURVES[figure] if figure == "probability" else f"{_CURVES[figure]} ({money_unit})"

    def x(field: str) -> alt.X:
        axis = alt.Axis(format=",d", tickCount=6, grid=False)
        words = f"Willingness to pay ({willingness_to_pay.unit})"
        return alt.X(f"{field}:Q", title=words, axis=axis, scale=alt.Scale(nice=False))

    axis = alt.Axis(format=".0%" if figure == "probability" else ",.6~g", tickCount=5)
    y = alt.Y(f"{figure}:Q", title=title, axis=axis, scale=alt.Scale(zero=True))
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3)
    colour = alt.Color("strategy:N", scale=arm_colour_scale(arms, theme), legend=legend)
    dash = alt.StrokeDash("strategy:N", scale=arm_dash_scale(arms), legend=legend)
    chosen = curves.sort_values("willingness_to_pay", kind="stable")
    layers = layered(
        # One band per stretch: where the choice changes, the frontier jumps.
        alt.Chart(chosen.assign(stretch=_stretches(chosen)).query("best"))
        .encode(x("willingness_to_pay"), y, alt.Detail("stretch:N"))
        .mark_line(strokeWidth=12, opacity=0.3, color=ink(theme).quiet, strokeCap="round"),
        alt.Chart(curves).encode(x("willingness_to_pay"), y, colour, dash).mark_line(strokeWidth=3),
        vertical_rule(x("value"), willingness_to_pay.value, theme, words="threshold", dashed=True),
    )
    at = curves["willingness_to_pay"].to_numpy(float)
    near = curves[at == at[np.abs(at - willingness_to_pay.value).argmin()]]
    said = "; ".join(
        f"{row.strategy} {percent_words(row.value) if figure == 'probability' else money(row.value, money_unit)}"
        for row in near.assign(value=near[figure])[["strategy", "value"]].itertuples()
    )
    text = f"{_CURVES[figure]} over the willingness to pay. Near {threshold_words(willingness_to_pay)}: {said}."
    return dress(layers, theme, alt_text=text, height=_CURVES_HEIGHT)


def groups_chart(found: pd.DataFrame, willingness_to_pay: Sourced, theme: Theme = "light") -> Drawing:
    """Draw the net monetary benefit of everybody and each group, with its interval, price and decision.

    Parameters
    ----------
    found
        Of `subgroup_table`.
    """
    money_unit = currency_of(willingness_to_pay)
    decision = found["adopt"].map({True: "covered", False: "not covered"})
    words = [f"{price} · {kept}" for price, kept in zip(prices(found, money_unit), decision, strict=True)]
    frame = found.assign(decision=decision, words=words)
    decisions = ("not covered", "covered")
    title = f"Net monetary benefit per patient ({money_unit})"

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=title, axis=alt.Axis(format=",.6~g", tickCount=6), scale=alt.Scale(padding=14))

    rows = alt.Chart(frame).encode(
        alt.Y("group:N", sort=list(frame["group"]), title=None, axis=alt.Axis(labelLimit=180))
    )
    base = rows.encode(alt.Color("decision:N", scale=arm_colour_scale(decisions, theme), legend=None))
    layers = layered(
        vertical_rule(x("value"), 0.0, theme),
        base.mark_rule(strokeWidth=2).encode(x("net_monetary_benefit_lower"), alt.X2("net_monetary_benefit_upper:Q")),
        base.mark_point(size=120, filled=True, opacity=1).encode(
            x("net_monetary_benefit"),
            alt.Shape("decision:N", scale=alt.Scale(domain=list(decisions), range=["circle", "square"]), legend=None),
        ),
        label(rows, "words", theme, dy=-15, size=14),  # in the middle, where long words have room
    )
    said = "; ".join(
        f"{group}: {money(value, money_unit)}, {words}"
        for group, value, words in frame[["group", "net_monetary_benefit", "words"]].to_numpy()
    )
    return dress(layers, theme, alt_text=f"{title} by group. {said}.", height=30 + 44 * len(frame))


def _range(values: np.ndarray) -> tuple[float, float]:
    """Return a range that holds the values and 0, with some room."""
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    room = _ROOM * (high - low) or 1.0
    return low - room, high + room


def _stretches(curves: pd.DataFrame) -> pd.Series:
    """Return a number for each run of thresholds at which the same strategy is the choice."""
    choice = curves.loc[curves["best"]].set_index("willingness_to_pay")["strategy"]
    run = (choice != choice.shift()).cumsum()
    return curves["willingness_to_pay"].map(run)
