"""Charts of the next trial from a fitted one: curves over the enrolled fraction, assurance, who is enrolled."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import effect_y, horizontal_rule, vertical_rule
from ite.charts.design_bars import compared_bars
from ite.charts.number_words import percent_words
from ite.charts.scale import EffectUnit
from ite.charts.theme import Drawing, Theme, arm_colour, dress, ink, layered
from ite.design.fitted.assurance import NextTrialResult
from ite.design.fitted.curve import EnrolmentCurve
from ite.trial.normal import NORMAL_975

_POPULATIONS = {"everybody": "as many of everybody", "enrolled": "by the rule"}
_FIGURES = {"assurance": "assurance", "power_at_estimate": "if the estimate were the truth"}
#: What the data say of a fraction: it may be the best, another one is better, or it was not compared.
STATES = ("as good as the best, as far as can be told", "worse than another", "too few patients to compare")
# The first place of a palette is the control arm's; these lines are no arms, so they take the others.
_NO_ARM = ""


def drawn_fractions(curve: EnrolmentCurve) -> pd.DataFrame:
    """Return the rows of a curve from the smallest fraction on that has enough patients behind it."""
    first = int(np.argmax(curve.best.candidates))
    return curve.frame.iloc[first:]


def enrolment_effect_chart(curve: EnrolmentCurve, unit: EffectUnit, share: float, theme: Theme = "light") -> Drawing:
    """Draw the effect in the enrolled with its simultaneous band; filled dots may be the best fraction.

    Parameters
    ----------
    share
        Share of patients enrolled by the design asked for; marked.
    """
    frame = drawn_fractions(curve)
    frame = frame.assign(state=np.select([frame["not_worse"], frame["compared"]], STATES[:2], STATES[2]))
    colour, ground = arm_colour("curve", (_NO_ARM, "curve"), theme), ink(theme).ground
    title = unit.axis_title.replace("_", " ")
    base = alt.Chart(frame).encode(enrolled_x("fraction"))
    # The legend only outlines its symbols where the outline is a channel of its own.
    legend = alt.Legend(title=None, symbolStrokeWidth=2, columns=1)
    states = [state for state in STATES if state in set(frame["state"])]
    fill = alt.Scale(domain=states, range=[colour if state == STATES[0] else ground for state in states])
    shape = alt.Scale(domain=states, range=["triangle-up" if state == STATES[2] else "circle" for state in states])
    layers = layered(
        base.mark_area(opacity=0.18, color=colour).encode(effect_y("lower", unit, title), alt.Y2("upper:Q")),
        horizontal_rule(effect_y("value", unit, title), 0.0, theme),
        vertical_rule(enrolled_x("value"), share, theme, words=f"{100 * share:.3g} % enrolled", dashed=True),
        base.mark_line(color=colour, strokeWidth=2).encode(effect_y("effect", unit, title)),
        base.mark_line(color=ink(theme).text, strokeWidth=2, strokeDash=[2, 4]).encode(
            effect_y("effect_believed", unit, title)
        ),
        base.mark_point(size=90, opacity=1, strokeWidth=2).encode(
            effect_y("effect", unit, title),
            alt.Fill("state:N", scale=fill, legend=legend),
            alt.Stroke("state:N", scale=alt.Scale(domain=states, range=[colour] * len(states)), legend=legend),
            alt.Shape("state:N", scale=shape, legend=legend),
        ),
    )
    ends = frame.iloc[[0, -1]]
    words = "; ".join(
        f"{100 * fraction:.3g} % enrolled: {unit.label(effect, lower, upper)}"
        for fraction, effect, lower, upper in ends[["fraction", "effect", "lower", "upper"]].to_numpy(float)
    )
    text = f"Effect in the enrolled over the enrolled fraction, with a simultaneous 95 % band. {words}."
    return dress(layers, theme, alt_text=text, height=300)


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
            "words": [percent_words(*pair) for pair in zip(value, table["standard_error"], strict=True)],
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
    named = table.assign(row=table["column"].str.replace("_", " ") + ": " + table["group"])
    long = named.melt(["row"], list(shares), "design", "value", ignore_index=False).sort_index(kind="stable")
    frame = long.assign(
        # Counted, not estimated, so they are their own limits; without any, an empty mark without a text would be left.
        design=long["design"].map(shares),
        lower=long["value"],
        upper=long["value"],
        words=long["value"].map(percent_words),
    )
    pairs = "; ".join(
        f"{row} {words} ({design})" for row, words, design in frame[["row", "words", "design"]].to_numpy()
    )
    return compared_bars(frame, title="Share of the patients", alt_text=f"Share of the patients: {pairs}.", theme=theme)


def enrolled_x(field: str) -> alt.X:
    """Return the axis of the enrolled fraction."""
    axis = alt.Axis(format=".0%", values=[0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
    title = "Patients enrolled, those with the greatest predicted benefit first"
    return alt.X(f"{field}:Q", title=title, axis=axis, scale=alt.Scale(domain=[0, 1], nice=False))
