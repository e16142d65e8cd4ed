"""What the next trial takes over the enrolled fraction: patients, months, money and success, drawn and said."""

from dataclasses import dataclass

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import vertical_rule
from ite.charts.design_fitted import drawn_fractions, enrolled_x
from ite.charts.design_other import amount_words
from ite.charts.number_words import percent_words
from ite.charts.theme import Drawing, Theme, arm_colour_scale, arm_dash_scale, dress, ink, layered
from ite.design.fitted.curve import EnrolmentCurve

# The first place of a palette is the control arm's; these lines are no arms, so they take the others.
_NO_ARM = ""
_MILLION = 1e6
_GOALS = {"randomised": "patients randomised", "screened": "patients screened", "cost": "money"}


@dataclass(frozen=True, kw_only=True)
class View:
    """Figures of the next trial that are drawn together.

    Attributes
    ----------
    lines : dict
        Columns of the curve by the words that name them.
    title : str
        What they are.
    """

    lines: dict[str, str]
    title: str


VIEWS = {
    "Patients": View(lines={"randomised": "randomised", "candidates": "screened"}, title="Patients"),
    "Months": View(lines={"months to enrol": "months"}, title="Months to enrol"),
    "Cost": View(lines={"cost": "cost"}, title="Cost"),
    "Success": View(
        lines={"assurance": "assurance", "power if the estimate were the truth": "power"}, title="Chance of success"
    ),
}


def view_chart(curve: EnrolmentCurve, name: str, share: float, theme: Theme = "light") -> Drawing:
    """Draw a view over the enrolled fraction; hollow dots are fractions that another one beats, or few patients.

    Parameters
    ----------
    name
        One of `VIEWS`.
    share
        Share of patients enrolled by the design asked for; marked.
    """
    view, frame = VIEWS[name], drawn_fractions(curve)
    unit, title = _unit(curve, name, frame)
    columns = {column: words for words, column in view.lines.items()}
    long = frame.rename(columns=columns).melt(["fraction", "not_worse"], list(view.lines), "what", "figure")
    known = long[np.isfinite(long["figure"])].assign(figure=lambda table: table["figure"] / unit)
    chances = name == "Success"
    y = alt.Y(
        "figure:Q",
        title=title,
        axis=alt.Axis(format=".0%" if chances else ",.3~f", tickCount=6),
        scale=alt.Scale(domain=[0, 1]) if chances else alt.Scale(zero=True),
    )
    names = (_NO_ARM, *view.lines)
    legend = None
    if len(view.lines) > 1:
        legend = alt.Legend(values=list(view.lines), title=None, symbolType="stroke", symbolOpacity=1)
    colour, dash = arm_colour_scale(names, theme), arm_dash_scale(names)

    layers: list[Drawing] = [
        vertical_rule(enrolled_x("value"), share, theme, words=f"{100 * share:.3g} % enrolled", dashed=True)
    ]
    if not known.empty:  # a mark without rows is nothing to look at, but met by who reads the screen by ear
        base = alt.Chart(known).encode(enrolled_x("fraction"), y)
        filled = alt.condition("datum.not_worse", alt.Fill("what:N", scale=colour), alt.value(ink(theme).ground))
        layers += [
            base.mark_line(strokeWidth=2, opacity=0.6).encode(
                alt.Color("what:N", scale=colour, legend=legend), alt.StrokeDash("what:N", scale=dash, legend=legend)
            ),
            base.mark_point(size=70, opacity=1, strokeWidth=2).encode(
                stroke=alt.Stroke("what:N", scale=colour, legend=None), fill=filled
            ),
        ]
    return dress(
        layered(*layers), theme, alt_text=f"{title} over the enrolled fraction. {_said(curve, name, share)}", height=300
    )


def view_title(curve: EnrolmentCurve, name: str) -> str:
    """Return the headline of a view."""
    if name == "Success":
        return f"Success with {curve.n:,} patients"
    return f"{VIEWS[name].title} for an assurance of {100 * curve.spec.target:.3g} %"


def view_sentence(curve: EnrolmentCurve, name: str, share: float) -> str:
    """Say a view at the fraction nearest to a share, and with everybody enrolled."""
    said = _said(curve, name, share)
    if curve.frame[next(iter(VIEWS[name].lines.values()))].isna().all():
        return f"{said} Months need a rate and money needs prices: give them under Months, money, goal."
    return (
        f"{said} Each fraction has its own estimate, so ups and downs between neighbours may be chance. Filled: not "
        f"shown to need more {_GOALS[curve.spec.goal]} than the best fraction."
    )


def _said(curve: EnrolmentCurve, name: str, share: float) -> str:
    frame = curve.frame
    nearest = int((frame["fraction"] - share).abs().argmin())
    everybody = _figures(curve, name, frame.iloc[-1])
    if nearest == len(frame) - 1:
        return f"With everybody enrolled: {everybody}."
    row = frame.iloc[nearest]
    return f"With {100 * row['fraction']:.0f} % enrolled: {_figures(curve, name, row)}. With everybody: {everybody}."


def _figures(curve: EnrolmentCurve, name: str, row: pd.Series) -> str:
    if name == "Success":
        return (
            f"assurance {percent_words(row['assurance'])}, {list(VIEWS[name].lines)[1]} {percent_words(row['power'])}"
        )
    if np.isinf(row["randomised"]):
        return "no size is enough"
    if name == "Patients":
        randomised = f"{row['randomised']:,.0f} randomised"
        if row["fraction"] == 1.0:
            return f"{randomised}, nobody screened"
        return f"{randomised} of {row['screened']:,.0f} candidates screened"
    figure = float(row[name.lower()])
    if np.isnan(figure):
        return "unknown"
    return f"{amount_words(name.lower(), figure)} {curve.spec.currency if name == 'Cost' else 'months'}"


def _unit(curve: EnrolmentCurve, name: str, frame: pd.DataFrame) -> tuple[float, str]:
    """Return what one step of the axis is worth, and the title of the axis."""
    if name != "Cost":
        return 1.0, VIEWS[name].title
    finite = frame["cost"].to_numpy(float)[np.isfinite(frame["cost"])]
    if len(finite) and finite.max() >= _MILLION:
        return _MILLION, f"Cost (million {curve.spec.currency})"
    return 1.0, f"Cost ({curve.spec.currency})"
