"""Charts of the value of knowing more: of everything, of each input, and of a study over its size."""

import altair as alt
import pandas as pd

from ite.charts.axes import horizontal_rule, label, vertical_rule
from ite.charts.theme import Drawing, Theme, arm_colour, arm_colour_scale, arm_dash_scale, dress, ink, layered
from ite.charts.value_cost import LOW
from ite.charts.value_cost_money import bare_money, currency_of, money
from ite.value.sourced import Sourced

_NO_ARM = ""
_SIZES = [10, 30, 100, 300, 1_000, 3_000, 10_000]
_HEADROOM = 1.3
_LINES = {"population_value": "value to patients", "study_cost": "cost of the study", "net_benefit": "net benefit"}


def perfect_information_chart(curve: pd.DataFrame, willingness_to_pay: Sourced, theme: Theme = "light") -> Drawing:
    """Draw the value of perfect information per patient over the willingness to pay.

    Parameters
    ----------
    curve
        willingness_to_pay, evpi.
    """
    axis = alt.Axis(format=",d", tickCount=6, grid=False)
    title = f"Willingness to pay ({willingness_to_pay.unit})"

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=title, axis=axis, scale=alt.Scale(nice=False))

    currency = currency_of(willingness_to_pay)
    y = alt.Y("evpi:Q", title=f"Value per patient ({currency})", axis=alt.Axis(format=",.6~g", tickCount=5))
    layers = layered(
        alt.Chart(curve)
        .encode(x("willingness_to_pay"), y)
        .mark_line(strokeWidth=3, color=arm_colour("value", (_NO_ARM, "value"), theme)),
        vertical_rule(x("value"), willingness_to_pay.value, theme, words="threshold", dashed=True),
    )
    peak = curve.iloc[int(curve["evpi"].to_numpy().argmax())]
    text = (
        "Value of perfect information per patient over the willingness to pay; highest "
        f"{money(float(peak['evpi']), currency)} at {peak['willingness_to_pay']:,.0f}."
    )
    return dress(layers, theme, alt_text=text, height=LOW)


def inputs_chart(found: pd.DataFrame, willingness_to_pay: Sourced, theme: Theme = "light") -> Drawing:
    """Draw a bar for each input: what knowing it for certain is worth, with its Monte-Carlo error in words.

    Parameters
    ----------
    found
        input, value, se.
    """
    currency = currency_of(willingness_to_pay)
    words = [bare_money(value, error) for value, error in zip(found["value"], found["se"], strict=True)]
    frame = found.assign(words=words)
    title = f"Value ({currency} per patient)"
    axis = alt.Axis(format=",.6~g", tickCount=5)
    # Room for the words beyond the longest bar.
    scale = alt.Scale(domain=[0, 1.25 * float(found["value"].max()) or 1.0], nice=False)
    base = alt.Chart(frame).encode(
        alt.Y("input:N", sort=list(frame["input"]), title=None, axis=alt.Axis(labelLimit=260)),
        alt.X("value:Q", title=title, axis=axis, scale=scale),
    )
    layers = layered(
        base.mark_bar(height={"band": 0.6}, color=arm_colour("value", (_NO_ARM, "value"), theme)),
        base.mark_text(align="left", dx=6, fontSize=14, color=ink(theme).text).encode(text="words:N"),
    )
    said = "; ".join(f"{name}: {word}" for name, word in zip(frame["input"], words, strict=True))
    return dress(
        layers,
        theme,
        alt_text=f"Value of knowing each input for certain, {currency} per patient. {said}.",
        height=34 * len(frame) + 20,
    )


def study_chart(found: pd.DataFrame, willingness_to_pay: Sourced, theme: Theme = "light") -> Drawing:
    """Draw what a study brings to all patients, what it costs, and what is left, over its size.

    Parameters
    ----------
    found
        Of `net_benefit_of_study`.
    """
    currency = currency_of(willingness_to_pay)
    lines = found[["patients", *_LINES]].rename(columns=_LINES)
    long = lines.melt("patients", var_name="line")
    scale = alt.Scale(type="log", nice=False)
    x = alt.X(
        "patients:Q", title="Patients in the study", axis=alt.Axis(format=",d", grid=False, values=_SIZES), scale=scale
    )
    best = found.iloc[int(found["net_benefit"].to_numpy().argmax())]
    # Costs of studies far too large would press the rest into a line: the picture ends where no study can be worth it.
    top = _HEADROOM * max(float(found["population_value"].max()), float(found["study_cost"].iloc[0])) or 1.0
    within = alt.Scale(domain=[min(-top / 2, _HEADROOM * float(best["net_benefit"])), top], nice=False)
    axis = alt.Axis(format=".3~s", tickCount=5)
    y = alt.Y("value:Q", title=f"All patients ({currency})", axis=axis, scale=within)
    names = tuple(_LINES.values())
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=3)
    colours = arm_colour_scale((_NO_ARM, *names), theme)
    colours = alt.Scale(domain=list(names), range=colours.range[1:])
    words = f"{best['patients']:,.0f} patients"
    point = pd.DataFrame({"patients": [best["patients"]], "value": [best["net_benefit"]], "words": [words]})
    dot = alt.Chart(point).encode(x, y)
    ring = dot.mark_point(clip=True, size=180, strokeWidth=3, fill=ink(theme).ground, stroke=ink(theme).text, opacity=1)
    # Where no study changes the choice the smallest one only loses least: it is not marked as the best.
    marks = [ring, label(dot, "words", theme, dy=-18, size=14)] if found["population_value"].max() > 0 else []
    layers = layered(
        horizontal_rule(y, 0.0, theme),
        alt.Chart(long)
        .encode(
            x,
            y,
            alt.Color("line:N", scale=colours, legend=legend),
            alt.StrokeDash("line:N", scale=arm_dash_scale(names), legend=legend),
        )
        .mark_line(strokeWidth=3, clip=True),
        *marks,
    )
    text = (
        f"Value, cost and net benefit of a study over its size. Net benefit is highest at {words}: "
        f"{money(float(best['net_benefit']), currency)}."
    )
    return dress(layers, theme, alt_text=text, height=LOW)
