"""Curves of other designs: cost over a cut of risk, and treatment sequences by group."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import vertical_rule
from ite.charts.number_words import percent_words
from ite.charts.theme import (
    Drawing,
    Theme,
    arm_colour_scale,
    arm_dash_scale,
    arm_shape_scale,
    dress,
    ink,
    layered,
)
from ite.design.alternatives.marker_cut import MarkerCutCurve
from ite.design.alternatives.prognostic import PrognosticCurve
from ite.design.alternatives.sequence_comparison import SequenceComparison
from ite.trial.normal import NORMAL_975

# The first place of a palette is the control arm's; these lines are no arms, so they take the others.
_NO_ARM = ""
_RISKS = (_NO_ARM, "cost", "patients randomised", "patients screened")
MOST_SEQUENCES = 12


def prognostic_chart(found: PrognosticCurve, theme: Theme = "light") -> Drawing:
    """Draw patients and cost over the share left out, relative to enrolling everybody, with the cheapest cut."""
    names = dict(zip(("cost", "randomised", "screened"), _RISKS[1:], strict=True))
    curve = found.curve
    relative = curve[list(names)] / curve[list(names)].iloc[0]
    long = relative.assign(excluded=curve["excluded"]).melt("excluded", var_name="what", value_name="relative")
    long = long.assign(what=long["what"].map(names)).dropna()
    shown = [name for name in _RISKS[1:] if name in set(long["what"])]
    y = alt.Y(
        "relative:Q",
        title="Relative to everybody (log scale)",
        axis=alt.Axis(format=".0%", values=[0.1, 0.25, 0.5, 1, 2, 4, 8, 16]),
        scale=alt.Scale(type="log", nice=False),
    )
    best = found.cheapest if found.cheapest is not None else found.fewest_screened
    words = "least cost" if found.cheapest is not None else "fewest screened"
    layers = layered(
        vertical_rule(_excluded("value"), float(best["excluded"]), theme, words=words, dashed=True),
        lines(long, shown, _RISKS, theme).encode(_excluded("excluded"), y),
    )
    last = {name: float(long.loc[long["what"] == name, "relative"].iloc[-1]) for name in shown}
    ends = ", ".join(f"{name} {share:.0%}" for name, share in last.items())
    text = (
        f"{', '.join(shown).capitalize()} over the share of patients left out, relative to everybody. With "
        f"{curve['excluded'].iloc[-1]:.0%} left out: {ends}. Marked: {words}, at {best['excluded']:.1%} left out."
    )
    return dress(layers, theme, alt_text=text, height=280)


def cut_chart(found: MarkerCutCurve, theme: Theme = "light") -> Drawing:
    """Draw the patients randomised and screened over the cut, with the cut that screens fewest."""
    names = dict(zip(("randomised", "screened"), _RISKS[2:], strict=True))
    long = found.curve.melt("cutpoint", list(names), var_name="what", value_name="patients")
    long = long[np.isfinite(long["patients"])].assign(what=lambda frame: frame["what"].map(names))

    def x(field: str) -> alt.X:
        axis = alt.Axis(format=".0%", tickCount=5)
        title = "Cut: the percentile of the marker above which patients enrol"
        return alt.X(f"{field}:Q", title=title, axis=axis, scale=alt.Scale(domain=[0, 1]))

    axis = alt.Axis(format=",d", tickCount=5)
    y = alt.Y("patients:Q", title="Patients (log scale)", axis=axis, scale=alt.Scale(type="log"))
    layers = layered(
        vertical_rule(x("value"), found.best_cutpoint, theme, words="fewest screened", dashed=True),
        lines(long, list(names.values()), _RISKS, theme).encode(x("cutpoint"), y),
    )
    best = found.best
    text = (
        f"Patients randomised and screened over the cut of the marker. Fewest are screened at {best['cutpoint']:.0%}: "
        f"{best['screened']:,.0f}, of whom {best['randomised']:,.0f} are randomised."
    )
    return dress(layers, theme, alt_text=text, height=260)


def sequence_table(found: SequenceComparison) -> pd.DataFrame:
    """Return a row per sequence, best average first: sequence, what each group and all respond, their error, power."""
    figures = found.sequences[["average", "se", "followed", "difference", "power"]]
    table = figures.join(found.by_group.add_prefix("in ")).sort_values("average", ascending=False, kind="stable")
    return table.rename_axis("sequence").reset_index()


def sequence_chart(table: pd.DataFrame, theme: Theme = "light") -> Drawing:
    """Draw for each sequence the response in every group and on average, the latter with the error of its estimate."""
    shown = table.head(MOST_SEQUENCES)
    order = list(shown["sequence"])
    groups = [name for name in table.columns if str(name).startswith("in ")]
    long = shown.melt("sequence", groups, "group", "response")
    reach = NORMAL_975 * shown["se"]
    averages = shown.assign(lower=shown["average"] - reach, upper=shown["average"] + reach)
    names = (_NO_ARM, *groups)
    legend = alt.Legend(values=groups, title="Response")

    def x(field: str) -> alt.X:
        axis = alt.Axis(format=".0%", tickCount=7)
        title = ["Patients who respond at some level", "(bar: average of all, with its 95 % interval)"]
        return alt.X(f"{field}:Q", title=title, axis=axis, scale=alt.Scale(zero=False, padding=12))

    y = alt.Y("sequence:N", sort=order, title=None, axis=alt.Axis(grid=True))
    middle = alt.Chart(averages).encode(y)
    layers = layered(
        middle.mark_rule(strokeWidth=5, color=ink(theme).quiet).encode(x("lower"), alt.X2("upper:Q")),
        middle.mark_tick(thickness=4, size=18, color=ink(theme).text).encode(x("average")),
        alt.Chart(long)
        .mark_point(filled=True, size=130, opacity=1)
        .encode(
            x("response"),
            y,
            alt.Color("group:N", scale=arm_colour_scale(names, theme), legend=legend),
            alt.Shape("group:N", scale=arm_shape_scale(names), legend=legend),
        ),
    )
    words = "; ".join(
        f"{name} {percent_words(average)}"
        for name, average in zip(order, shown["average"].to_numpy(float), strict=True)
    )
    return dress(layers, theme, alt_text=f"Response by sequence, on average: {words}.", height=34 * len(order))


def lines(long: pd.DataFrame, shown: list[str], names: tuple[str, ...], theme: Theme) -> Any:  # noqa: ANN401 - Altair's own type is lost by encode
    """Draw a line for each name in the column "what"."""
    legend = alt.Legend(values=shown, title=None)
    return (
        alt.Chart(long)
        .mark_line(strokeWidth=3)
        .encode(
            color=alt.Color("what:N", scale=arm_colour_scale(names, theme), legend=legend),
            strokeDash=alt.StrokeDash("what:N", scale=arm_dash_scale(names), legend=legend),
        )
    )


def _excluded(field: str) -> alt.X:
    title = "Patients left out, those at lowest risk first"
    axis = alt.Axis(format=".0%", tickCount=10)
    return alt.X(f"{field}:Q", title=title, axis=axis, scale=alt.Scale(nice=False))
