"""Charts of the evidence: targeting curve, calibration by fifths, AUTOC and Qini."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import effect_x, effect_y, horizontal_rule, label, predicted_title, vertical_rule
from ite.charts.scale import effect_unit, p_value_words
from ite.charts.theme import Drawing, Theme, arm_colour, arm_colour_scale, arm_shape_scale, dress, ink, layered
from ite.evaluation.result import Evidence

# Limits of the drawn axis: a little beyond the largest and the smallest p-value there can be.
_LARGEST_P, _SMALLEST_P = 2.5, 0.00005
_ZONES = ("no evidence", "suggestive", "evidence, if held-out patients agree")


def verdict_chart(evidence: Evidence, arms: tuple[str, ...], theme: Theme = "light") -> Drawing:
    """Draw where the p-value of the primary test falls: no evidence, suggestive, or small enough for evidence."""
    colours, test = ink(theme), evidence.heterogeneity
    frame = (
        test.rename_axis("arm")
        .reset_index()
        .assign(
            label=[p_value_words(p_value) for p_value in test["p_value"]],
            place=test["p_value"].clip(lower=_SMALLEST_P).to_numpy(float),
        )
    )
    zones = pd.DataFrame({"words": list(_ZONES), "place": [0.22, 0.0158, 0.0007], "shade": [0.04, 0.12, 0.22]})
    zones = zones.assign(start=[_LARGEST_P, 0.05, 0.005], end=[0.05, 0.005, _SMALLEST_P])
    scale = alt.Scale(type="log", domain=[_LARGEST_P, _SMALLEST_P], nice=False)
    axis = alt.Axis(values=[1, 0.05, 0.005, 0.0001], format="~g", grid=False)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=axis, title="p-value of the primary test (smaller is stronger)")

    rows = alt.Y("arm:N", sort=list(arms), title=None)
    colour = alt.Color("arm:N", scale=arm_colour_scale(arms, theme), legend=None)
    point = alt.Chart(frame).encode(x("place"), rows)
    shade = (
        alt.Chart(zones)
        .mark_rect(color=colours.text)
        .encode(x("start"), alt.X2("end"), alt.Opacity("shade:Q", scale=None, legend=None))
    )
    words = alt.Chart(zones).mark_text(baseline="bottom", color=colours.text, fontWeight="bold")
    layers = layered(
        shade,
        words.encode(x("place"), y=alt.value(-6), text="words:N"),
        point.mark_point(filled=True, size=320, opacity=1).encode(
            colour, alt.Shape("arm:N", scale=arm_shape_scale(arms), legend=None)
        ),
        label(point, "label", theme, dy=-22),
    )
    pairs = "; ".join(
        f"{arm} {label}, {verdict}"
        for arm, label, verdict in zip(frame["arm"], frame["label"], frame["verdict"], strict=True)
    )
    text = f"p-value of the primary test against the limits 0.05 and 0.005: {pairs}."
    return dress(layers, theme, alt_text=text, height=10 + 58 * len(frame))


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
        base.mark_text(dy=-12, color=colours.text).encode(effect_y("upper", unit, title), text="label:N"),
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
        label(point, "label", theme, dy=-22),
    )
    words = "; ".join(f"{name} {label}" for name, label in zip(frame["measure"], frame["label"], strict=True))
    return dress(layers, theme, alt_text=f"Gain from targeting {arm}, with 95 % intervals: {words}.", height=130)
