"""Charts of evidence in rows, an estimate with its interval each: fifths, groups, a projection, a profile."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import effect_x, label, vertical_rule
from ite.charts.number_words import share_words
from ite.charts.scale import EffectUnit, effect_unit, same_decimals
from ite.charts.theme import Drawing, Theme, arm_colour, dress, layered

_MOST_ROWS = 12
#: A level or a term stands below the name of its covariate.
_LINES = "split(datum.label, ': ')"
_ROW = 46


def fifths_chart(fifths: pd.DataFrame, arm: str, arms: tuple[str, ...], scale: str, theme: Theme = "light") -> Drawing:
    """Draw the average effect of each fifth of predicted benefit, and the top fifth's minus the bottom's.

    Parameters
    ----------
    fifths
        Of `ite.evaluation.held_out_fifths.effects_by_fifth`.
    """
    ends = {"fifth 1": "fifth 1 (least predicted)", "fifth 5": "fifth 5 (most predicted)"}
    named = fifths.assign(row=fifths["group"].replace(ends))
    words = f"Average benefit of {arm} by fifth of predicted benefit"
    return _effects(named, arm_colour(arm, arms, theme), effect_unit(scale), words, theme)


def groups_chart(groups: pd.DataFrame, arm: str, arms: tuple[str, ...], scale: str, theme: Theme = "light") -> Drawing:
    """Draw the average effect of each group of `ite.evaluation.group_interaction.effects_by_group`."""
    counts = [f"{group} (n = {n:,})" for group, n in zip(groups["group"], groups["n"], strict=True)]
    colour, unit = arm_colour(arm, arms, theme), effect_unit(scale)
    return _effects(groups.assign(row=counts), colour, unit, f"Average benefit of {arm} by group", theme)


def projection_chart(
    projection: pd.DataFrame, arm: str, arms: tuple[str, ...], scale: str, theme: Theme = "light"
) -> Drawing:
    """Draw each term of `ite.evaluation.linear_projection.linear_projection`."""
    names = [f"{name}: {term}" for name, term in zip(projection["covariate"], projection["term"], strict=True)]
    unit, colour = effect_unit(scale), arm_colour(arm, arms, theme)
    title = f"Change in benefit ({unit.words})"
    return _effects(projection.assign(row=names), colour, unit, f"Change in benefit of {arm}", theme, title=title)


def profile_chart(profile: pd.DataFrame, arm: str, arms: tuple[str, ...], theme: Theme = "light") -> Drawing:
    """Draw how the covariates of the top fifth differ from those of the bottom fifth, in standard deviations."""
    shown = profile.head(_MOST_ROWS)
    rows = [
        f"{name}: {level}" if level else name for name, level in zip(shown["covariate"], shown["level"], strict=True)
    ]
    of = {"standardised": "estimate", "standardised_lower": "lower", "standardised_upper": "upper"}
    frame = shown.drop(columns=["lower", "upper"]).rename(columns=of).assign(row=rows)
    frame["label"] = [
        f"{share_words(round(top, 3))} against {share_words(round(bottom, 3))}"
        if level
        else " against ".join(same_decimals(np.array([top, bottom])))
        for level, top, bottom in zip(frame["level"], frame["top"], frame["bottom"], strict=True)
    ]

    def x(field: str) -> alt.X:
        title = "Top minus bottom fifth, in standard deviations"
        return alt.X(f"{field}:Q", title=title, axis=alt.Axis(tickCount=7), scale=alt.Scale(zero=True, padding=14))

    text = f"Covariates of the top against the bottom fifth by predicted benefit of {arm}: {_pairs(frame)}."
    axes = {field: x(field) for field in ("estimate", "lower", "value")}
    return _rows(frame, axes, arm_colour(arm, arms, theme), text, theme)


def _effects(
    frame: pd.DataFrame, colour: str, unit: EffectUnit, words: str, theme: Theme, *, title: str | None = None
) -> Drawing:
    frame = frame.assign(label=unit.labels(frame))
    axes = {field: effect_x(field, unit, title) for field in ("estimate", "lower", "value")}
    return _rows(frame, axes, colour, f"{words}, with 95 % intervals: {_pairs(frame)}.", theme)


def _rows(frame: pd.DataFrame, axes: dict[str, alt.X], colour: str, text: str, theme: Theme) -> Drawing:
    rows = alt.Y("row:N", sort=list(frame["row"]), title=None, axis=alt.Axis(labelLimit=300, labelExpr=_LINES))
    base = alt.Chart(frame).encode(rows)
    point = base.encode(axes["estimate"])
    layers = layered(
        vertical_rule(axes["value"], 0.0, theme),
        base.mark_rule(strokeWidth=3, color=colour).encode(axes["lower"], alt.X2("upper:Q")),
        point.mark_point(filled=True, size=170, opacity=1, color=colour),
        label(point, "label", theme, dy=-15, size=14),
    )
    return dress(layers, theme, alt_text=text, height=10 + _ROW * len(frame))


def _pairs(frame: pd.DataFrame) -> str:
    return "; ".join(f"{row} {words}" for row, words in zip(frame["row"], frame["label"], strict=True))
