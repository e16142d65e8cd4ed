"""Charts of a trial with one analysis: its power over its size, and its events over the calendar."""

from typing import Any

import altair as alt
import pandas as pd

from ite.charts.axes import horizontal_rule, vertical_rule
from ite.charts.number_words import percent_words, share_words
from ite.charts.reading_design import arms_words
from ite.charts.theme import Drawing, Theme, arm_colour_scale, arm_dash_scale, dress, ink, layered
from ite.design.fixed.trial_size import OneAnalysis, TrialSize

_ASSUMED = "Effect as assumed"
# The first place of a palette is the control arm's; these lines are no arms, so they take the others.
_NO_ARM = ""
_DASHES = [[1, 0], [8, 5]]


def power_chart(curve: pd.DataFrame, trial: OneAnalysis, size: TrialSize, theme: Theme = "light") -> Drawing:
    """Draw the power over the patients, one line for each true effect, with the planned size as a dot.

    Parameters
    ----------
    curve
        As `power_curve` returns it.
    """
    named = curve.assign(effect=[_effect_name(share) for share in curve["effect_share"]])
    names = (_NO_ARM, *dict.fromkeys(named["effect"]))
    shown = list(names[1:])
    legend = alt.Legend(values=shown, title=None)
    colour = alt.Color("effect:N", scale=arm_colour_scale(names, theme), legend=legend)
    dash = alt.StrokeDash("effect:N", scale=alt.Scale(domain=shown, range=_DASHES[: len(shown)]), legend=legend)
    point = pd.DataFrame(
        {
            "patients": [size.n_total],
            "power": [size.power],
            "value": [trial.power],
            "words": [f"{size.n_total:,} patients: {percent_words(size.power)}"],
        }
    )
    dot = alt.Chart(point).encode(_patients("patients"), _power("power"))
    layers = layered(
        horizontal_rule(_power("value"), trial.power, theme, dashed=True),
        alt.Chart(named).mark_line(strokeWidth=3).encode(_patients("patients"), _power("power"), colour, dash),
        dot.mark_point(filled=True, size=240, opacity=1, color=ink(theme).text),
        *_beside(dot, theme),
    )
    ends = "; ".join(
        f"{name}: {percent_words(power)}"
        for name, power in named.loc[_nearest(named, size.n_total), ["effect", "power"]].itertuples(index=False)
    )
    text = (
        f"Power over the number of patients. {arms_words(size.n_treatment, size.n_control)}, with a power of "
        f"{percent_words(size.power)}. Near that size, {ends}."
    )
    return dress(layers, theme, alt_text=text, height=250)


def calendar_chart(calendar: pd.DataFrame, size: TrialSize, theme: Theme = "light") -> Drawing:
    """Draw the patients enrolled and the events expected by month, with the analysis as a line.

    Parameters
    ----------
    calendar
        As `trial_calendar` returns it.
    """
    names = (_NO_ARM, "Patients enrolled", "Events expected")
    columns = {"enrolled": names[1], "events": names[2]}
    long = calendar.melt("month", list(columns), "what", "number").assign(what=lambda frame: frame["what"].map(columns))
    legend = alt.Legend(values=list(names[1:]), title=None)
    lines = (
        alt.Chart(long)
        .mark_line(strokeWidth=3)
        .encode(
            _months("month"),
            alt.Y("number:Q", title="Expected number", axis=alt.Axis(tickCount=6, format=",d")),
            alt.Color("what:N", scale=arm_colour_scale(names, theme), legend=legend),
            alt.StrokeDash("what:N", scale=arm_dash_scale(names), legend=legend),
        )
    )
    words = f"analysis, {size.information:,.0f} events"
    layers = layered(vertical_rule(_months("value"), size.final_month, theme, words=words, dashed=True), lines)
    last = calendar.iloc[-1].to_dict()
    text = (
        f"Expected patients and events by month: all {size.n_total:,} patients are enrolled before the analysis at "
        f"month {size.final_month:.1f}, when {size.information:,.0f} events are expected; by month "
        f"{last['month']:.1f} it would be {last['events']:,.0f}."
    )
    return dress(layers, theme, alt_text=text, height=250)


def assurance_chart(curve: pd.DataFrame, planned: pd.Series, theme: Theme = "light") -> Drawing:
    """Draw power under the assumed effect and assurance over the patients, with the planned size as a line.

    Parameters
    ----------
    curve, planned
        As `assurance_curve` returns it, and the planned size's row of it.
    """
    names = (_NO_ARM, "Power, effect as assumed", "Assurance, effect uncertain")
    columns = {"power": names[1], "assurance": names[2]}
    long = curve.melt("patients", list(columns), "what", "probability").assign(
        what=lambda frame: frame["what"].map(columns)
    )
    legend = alt.Legend(values=list(names[1:]), title=None)
    lines = (
        alt.Chart(long)
        .mark_line(strokeWidth=3)
        .encode(
            _patients("patients"),
            _power("probability", "Probability to show the benefit"),
            alt.Color("what:N", scale=arm_colour_scale(names, theme), legend=legend),
            alt.StrokeDash("what:N", scale=alt.Scale(domain=list(names[1:]), range=_DASHES), legend=legend),
        )
    )
    size = float(planned["patients"])
    rule = vertical_rule(_patients("value"), size, theme, words=f"planned, {size:,.0f} patients", dashed=True)
    last = curve.iloc[-1]
    text = (
        f"Power and assurance over the number of patients. At the planned {size:,.0f} patients the power is "
        f"{percent_words(planned['power'])} and the assurance {percent_words(planned['assurance'])}; at "
        f"{last['patients']:,.0f} they are {percent_words(last['power'])} and {percent_words(last['assurance'])}."
    )
    return dress(layered(rule, lines), theme, alt_text=text, height=250)


def _beside(dot: alt.Chart, theme: Theme) -> tuple[alt.Chart, alt.Chart]:
    """Write the words of a dot below it on the right, where the curves leave room, on a halo of the ground's colour."""
    words = dot.encode(text="words:N")

    def written(**look: Any) -> alt.Chart:  # noqa: ANN401 - passed on to Altair
        text: alt.Chart = words.mark_text(align="left", dx=10, dy=22, fontWeight="bold", **look)
        return text

    return written(stroke=ink(theme).ground, strokeWidth=5, strokeJoin="round"), written(color=ink(theme).text)


def _effect_name(share: float) -> str:
    return _ASSUMED if share == 1.0 else f"{share_words(share)} of it"


def _nearest(curve: pd.DataFrame, n_total: float) -> list[int]:
    distance = (curve["patients"] - n_total).abs()
    return [int(distance[curve["effect"] == name].idxmin()) for name in dict.fromkeys(curve["effect"])]


def _patients(field: str) -> alt.X:
    axis = alt.Axis(format=",d", tickCount=7)
    return alt.X(f"{field}:Q", title="Patients enrolled", axis=axis, scale=alt.Scale(nice=False, zero=False))


def _power(field: str, title: str = "Power") -> alt.Y:
    axis = alt.Axis(format=".0%", tickCount=6)
    return alt.Y(f"{field}:Q", title=title, axis=axis, scale=alt.Scale(domain=[0, 1]))


def _months(field: str) -> alt.X:
    title = "Months since the first patient"
    return alt.X(f"{field}:Q", title=title, axis=alt.Axis(tickCount=8), scale=alt.Scale(nice=False))
