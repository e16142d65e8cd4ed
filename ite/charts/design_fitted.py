"""Charts of the next trial from a fitted one: curves over the enrolled fraction, assurance, who is enrolled."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import vertical_rule
from ite.charts.design_bars import compared_bars
from ite.charts.design_enrichment import percent
from ite.charts.reading_design import percent_words
from ite.charts.scale import EffectUnit
from ite.charts.theme import Drawing, Theme, arm_colour, arm_colour_scale, arm_dash_scale, dress, ink, layered
from ite.design.fitted.assurance import NextTrialResult
from ite.design.fitted.curve import EnrolmentCurve
from ite.trial.normal import NORMAL_975

_POPULATIONS = {"everybody": "as many of everybody", "enrolled": "by the rule"}
_FIGURES = {"assurance": "assurance", "power_at_estimate": "if the estimate were the truth"}
# The first place of a palette is the control arm's; these lines are no arms, so they take the others.
_NO_ARM = ""


def drawn_fractions(curve: EnrolmentCurve) -> pd.DataFrame:
    """Return the rows of a curve from the smallest fraction on that has enough patients behind it."""
    first = int(np.argmax(curve.best.candidates))
    return curve.frame.iloc[first:]


def enrolment_effect_chart(curve: EnrolmentCurve, unit: EffectUnit, share: float, theme: Theme = "light") -> Drawing:
    """Draw the effect in the enrolled with its simultaneous band; filled dots are not worse than the best fraction.

    Parameters
    ----------
    share
        Share of patients enrolled by the design asked for; marked.
    """
    frame = drawn_fractions(curve)
    frame = frame.assign(state=np.where(frame["not_worse"], _STATES[0], _STATES[1]))
    colour = arm_colour("curve", (_NO_ARM, "curve"), theme)

    def y(field: str) -> alt.Y:
        axis = alt.Axis(labelExpr=unit.axis_labels, tickCount=6)
        return alt.Y(f"{field}:Q", title="Effect in the enrolled", axis=axis, scale=alt.Scale(zero=True))

    x = _enrolled("fraction")
    base = alt.Chart(frame).encode(x)
    fill = alt.Scale(domain=list(_STATES), range=[colour, ink(theme).ground])
    layers = layered(
        base.mark_area(opacity=0.18, color=colour).encode(y("lower"), alt.Y2("upper:Q")),
        alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=ink(theme).reference).encode(y("zero")),
        vertical_rule(_enrolled("value"), share, theme, words=f"{100 * share:.3g} % enrolled", dashed=True),
        base.mark_line(color=colour, strokeWidth=2).encode(y("effect")),
        base.mark_line(color=ink(theme).text, strokeWidth=2, strokeDash=[2, 4]).encode(y("effect_believed")),
        base.mark_point(size=90, opacity=1, strokeWidth=2, stroke=colour).encode(
            y("effect"), alt.Fill("state:N", scale=fill, legend=alt.Legend(title=None, symbolStrokeColor=colour))
        ),
    )
    ends = frame.iloc[[0, -1]]
    words = "; ".join(
        f"{100 * fraction:.3g} % enrolled: {unit.label(effect, lower, upper)}"
        for fraction, effect, lower, upper in ends[["fraction", "effect", "lower", "upper"]].to_numpy(float)
    )
    text = f"Effect in the enrolled over the enrolled fraction, with a simultaneous 95 % band. {words}."
    return dress(layers, theme, alt_text=text, height=300)


_STATES = ("not worse than the best", "worse, or not compared")


def enrolment_lines_chart(
    curve: EnrolmentCurve, columns: dict[str, str], share: float, y_title: str, theme: Theme = "light"
) -> Drawing:
    """Draw figures of the next trial over the enrolled fraction.

    Parameters
    ----------
    columns
        Columns of the curve by the words that name them.
    """
    frame, names = drawn_fractions(curve), (_NO_ARM, *columns)
    long = frame.rename(columns={column: words for words, column in columns.items()}).melt(
        "fraction", list(columns), "what", "figure"
    )
    known = long[np.isfinite(long["figure"])]
    chances = known["figure"].le(1.0).all() and not known.empty
    axis = alt.Axis(format=".0%" if chances else "~s", tickCount=6)
    scale = alt.Scale(domain=[0, 1]) if chances else alt.Scale(zero=True)
    legend = alt.Legend(values=list(columns), title=None)
    lines = (
        alt.Chart(known)
        .mark_line(strokeWidth=3, point=True)
        .encode(
            _enrolled("fraction"),
            alt.Y("figure:Q", title=y_title, axis=axis, scale=scale),
            alt.Color("what:N", scale=arm_colour_scale(names, theme), legend=legend),
            alt.StrokeDash("what:N", scale=arm_dash_scale(names), legend=legend),
        )
    )
    rule = vertical_rule(_enrolled("value"), share, theme, words=f"{100 * share:.3g} % enrolled", dashed=True)
    last = "; ".join(
        f"{words} {_figure(frame[column].iloc[-1], chance=bool(chances))}" for words, column in columns.items()
    )
    text = f"{y_title} over the enrolled fraction; with everybody enrolled: {last}."
    return dress(layered(rule, lines), theme, alt_text=text, height=300)


def assurance_table(found: NextTrialResult) -> pd.DataFrame:
    """Return assurance and power at the estimate by population: figure, population, probability, standard_error."""
    rows = [
        (figure, population, *found.summary.loc[[population], [figure, f"{figure}_se"]].iloc[0])
        for figure in _FIGURES
        for population in _POPULATIONS
    ]
    return pd.DataFrame(rows, columns=["figure", "population", "probability", "standard_error"])


def assurance_chart(found: NextTrialResult, theme: Theme = "light") -> Drawing:
    """Draw the assurance of the next trial beside its power if the estimate were the truth, both with their error."""
    table = assurance_table(found)
    value, reach = table["probability"], NORMAL_975 * table["standard_error"]
    frame = pd.DataFrame(
        {
            "row": table["figure"].map(_FIGURES),
            "design": table["population"].map(_POPULATIONS),
            "value": value,
            "lower": (value - reach).clip(lower=0.0),
            "upper": (value + reach).clip(upper=1.0),
            "words": [percent(*pair) for pair in zip(value, table["standard_error"], strict=True)],
        }
    )
    pairs = "; ".join(
        f"{row}, {design}: {words}" for row, design, words in frame[["row", "design", "words"]].to_numpy()
    )
    return compared_bars(frame, title="Probability of success", alt_text=f"Chance of success. {pairs}.", theme=theme)


def representation_chart(table: pd.DataFrame, theme: Theme = "light") -> Drawing:
    """Draw each protected group's share of the enrolled beside its share of the source patients.

    Parameters
    ----------
    table
        As `representation` returns it.
    """
    shares = {"source_share": "source trial", "enrolled_share": "enrolled"}
    named = table.assign(row=table["column"] + ": " + table["group"])
    long = named.melt(["row"], list(shares), "design", "value", ignore_index=False).sort_index(kind="stable")
    frame = long.assign(
        design=long["design"].map(shares), lower=np.nan, upper=np.nan, words=long["value"].map(percent_words)
    )
    pairs = "; ".join(
        f"{row} {words} ({design})" for row, words, design in frame[["row", "words", "design"]].to_numpy()
    )
    return compared_bars(frame, title="Share of the patients", alt_text=f"Share of the patients: {pairs}.", theme=theme)


def _figure(value: float, *, chance: bool) -> str:
    if not np.isfinite(value):
        return "unknown"
    return percent_words(value) if chance else f"{value:,.0f}"


def _enrolled(field: str) -> alt.X:
    axis = alt.Axis(format=".0%", values=[0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
    title = "Patients enrolled, those with the greatest predicted benefit first"
    return alt.X(f"{field}:Q", title=title, axis=axis, scale=alt.Scale(domain=[0, 1], nice=False))
