"""Charts of the evidence: targeting curve, calibration by fifths, AUTOC and Qini."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import effect_x, effect_y, horizontal_rule, predicted_title, vertical_rule
from ite.charts.scale import effect_unit
from ite.charts.theme import Drawing, Theme, arm_colour, dress, ink, layered
from ite.evaluate.result import Evidence


def toc_chart(evidence: Evidence, arm: str, arms: tuple[str, ...], scale: str, theme: Theme = "light") -> Drawing:
    """Draw the targeting operator characteristic with its simultaneous 95 % band.

    At each share of patients treated first, the curve is their average effect minus the overall effect.

    Source     Yadlowsky et al. 2025, JASA 120(549):38-51.
    """
    unit, colour = effect_unit(scale), arm_colour(arm, arms, theme)
    title = f"Benefit above the overall effect ({unit.words})"
    curve = evidence.toc[evidence.toc["arm"] == arm]
    base = alt.Chart(curve).encode(
        alt.X(
            "fraction:Q",
            title="Share of patients treated, most predicted benefit first",
            axis=alt.Axis(format=".0%", tickCount=6),
            scale=alt.Scale(domain=[0, 1]),
        )
    )
    layers = layered(
        base.mark_area(opacity=0.22, color=colour).encode(effect_y("lower", unit, title), alt.Y2("upper:Q")),
        base.mark_line(strokeWidth=3, color=colour).encode(effect_y("estimate", unit, title)),
        horizontal_rule(effect_y("value", unit, title), 0.0, theme, dashed=True),
    )
    at_fifth = float(np.interp(0.2, curve["fraction"], curve["estimate"]))
    words = (
        f"Targeting curve of {arm}: the fifth of patients with most predicted benefit gains {unit.number(at_fifth)} "
        f"({unit.words}) more than average; the band shows what chance allows."
    )
    return dress(layers, theme, alt_text=words)


def calibration_chart(
    evidence: Evidence, arm: str, arms: tuple[str, ...], scale: str, theme: Theme = "light"
) -> Drawing:
    """Draw the observed effect in each fifth of predicted benefit (unshrunk) against the predicted one."""
    unit, colours, colour = effect_unit(scale), ink(theme), arm_colour(arm, arms, theme)
    fifths = evidence.calibration[evidence.calibration["arm"] == arm]
    fifths = fifths.assign(label=[f"fifth {fifth}" for fifth in fifths["fifth"]])
    ends = [float(fifths["predicted"].min()), float(fifths["predicted"].max())]
    x = effect_x("predicted", unit, predicted_title(unit), zero=False)
    title = f"Observed b{unit.axis_title[1:]}"
    y, base = effect_y("estimate", unit, title), alt.Chart(fifths).encode(x)
    diagonal = alt.Chart(pd.DataFrame({"predicted": ends, "estimate": ends}))
    layers = layered(
        diagonal.mark_line(color=colours.reference, strokeDash=[6, 3]).encode(x, y),
        base.mark_rule(strokeWidth=3, color=colour).encode(effect_y("lower", unit, title), alt.Y2("upper:Q")),
        base.mark_point(filled=True, size=200, opacity=1, color=colour).encode(y),
        base.mark_text(align="left", dx=10, dy=16, color=colours.text).encode(y, text="label:N"),
    )
    pairs = "; ".join(
        f"fifth {fifth:.0f} predicted {unit.number(predicted)} observed {unit.number(estimate)}"
        for fifth, predicted, estimate in fifths[["fifth", "predicted", "estimate"]].to_numpy(float)
    )
    return dress(layers, theme, alt_text=f"Calibration of {arm} by fifths of predicted benefit: {pairs}.")


def targeting_frame(evidence: Evidence, arm: str) -> pd.DataFrame:
    """Return AUTOC and Qini of one arm as rows: measure, estimate, se, lower, upper, p_value."""
    rows = {"AUTOC": evidence.autoc.loc[arm], "Qini": evidence.qini.loc[arm]}
    columns = ["estimate", "se", "lower", "upper", "p_value"]
    return pd.DataFrame([{"measure": name, **row[columns].to_dict()} for name, row in rows.items()])


def targeting_chart(evidence: Evidence, arm: str, arms: tuple[str, ...], scale: str, theme: Theme = "light") -> Drawing:
    """Draw AUTOC and Qini with their 95 % intervals."""
    unit, colour = effect_unit(scale), arm_colour(arm, arms, theme)
    frame = targeting_frame(evidence, arm)
    frame["label"] = unit.labels(frame)
    title = f"Gain from targeting ({unit.words})"
    base = alt.Chart(frame).encode(alt.Y("measure:N", title=None))
    point = base.encode(effect_x("estimate", unit, title))
    layers = layered(
        vertical_rule(effect_x("value", unit, title), 0.0, theme),
        base.mark_rule(strokeWidth=4, color=colour).encode(effect_x("lower", unit, title), alt.X2("upper:Q")),
        point.mark_point(filled=True, size=200, opacity=1, color=colour),
        point.mark_text(dy=-20).encode(text="label:N"),
    )
    words = "; ".join(f"{name} {label}" for name, label in zip(frame["measure"], frame["label"], strict=True))
    return dress(layers, theme, alt_text=f"Gain from targeting {arm}, with 95 % intervals: {words}.", height=190)
