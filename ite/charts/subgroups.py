"""Charts of the Subgroups page: benefit along a biomarker, forests, and slices against their complement."""

import altair as alt
import numpy as np
import pandas as pd

from ite.charts.axes import effect_x, effect_y, histogram_bars, horizontal_rule, label, vertical_rule
from ite.charts.scale import effect_unit
from ite.charts.theme import Drawing, Theme, arm_colour, dress, ink, layered
from ite.subgroup.benefit_curve import BiomarkerBenefit
from ite.subgroup.forest import SubgroupForest
from ite.subgroup.slice import SliceComparison

_BINS = 30
_SLICE_HEIGHT = 270
_ROLE_SHAPES = alt.Scale(domain=["slice", "complement", "difference"], range=["square", "circle", "diamond"])


def benefit_curve_chart(benefit: BiomarkerBenefit, arms: tuple[str, ...], *, average: float, theme: Theme) -> Drawing:
    """Draw the effect along a continuous biomarker with its simultaneous band, the overall effect and the patients.

    The histogram of the biomarker stands at the foot of the chart.
    """
    unit, colour, colours = effect_unit(benefit.scale), arm_colour(benefit.arm, arms, theme), ink(theme)
    # The curve ends at the outer 2.5 % of patients; bars beyond it are cut off, so that a long tail takes no room.
    ends = benefit.curve.iloc[[0, -1]][["value", "estimate"]].to_numpy(float)
    limits = alt.Scale(domain=[ends[0, 0], ends[1, 0]], nice=False, zero=False)
    along = alt.X("value:Q", title=benefit.by, scale=limits, axis=alt.Axis(tickCount=7))
    base = alt.Chart(benefit.curve).encode(along)
    mark = alt.Chart(pd.DataFrame({"value": [average], "words": [f"overall effect {unit.number(average)}"]}))
    curve = layered(
        base.mark_area(opacity=0.22, color=colour).encode(effect_y("lower", unit), alt.Y2("upper:Q")),
        horizontal_rule(effect_y("value", unit), 0.0, theme),
        horizontal_rule(effect_y("value", unit), average, theme, dashed=True),
        base.mark_line(strokeWidth=3, color=colour).encode(effect_y("estimate", unit)),
        mark.mark_text(align="right", dx=-6, dy=-10, fontWeight="bold", color=colours.text).encode(
            x=alt.value("width"), y=effect_y("value", unit), text="words:N"
        ),
    )
    bins = benefit.density.assign(upper=benefit.density["value"] + benefit.density["width"])
    foot = alt.Y("patients:Q", axis=None, scale=alt.Scale(domain=[0, 6 * float(bins["patients"].max())]))
    bars = alt.Chart(bins).mark_rect(color=colours.quiet, opacity=0.45, stroke=colours.ground, clip=True)
    density = bars.encode(along, alt.X2("upper:Q"), foot, alt.Y2Datum(0))
    words = (
        f"Average benefit of {benefit.arm} along {benefit.by} with a simultaneous 95 % band, in {benefit.n} patients: "
        f"{unit.number(ends[0, 1])} at {ends[0, 0]:g}, {unit.number(ends[1, 1])} at {ends[1, 0]:g}; "
        f"overall {unit.number(average)}."
    )
    both = layered(density, curve).resolve_scale(y="independent")
    return dress(both, theme, alt_text=words, height=400)


def biomarker_bins(values: pd.Series, bins: int = _BINS) -> pd.DataFrame:
    """Return the histogram of a numeric biomarker: value (left edge), upper, patients; missing values are left out."""
    known = values.to_numpy(float)
    counts, edges = np.histogram(known[~np.isnan(known)], bins=bins)
    return pd.DataFrame({"value": edges[:-1], "upper": edges[1:], "patients": counts})


def biomarker_histogram(values: pd.Series, name: str, theme: Theme, *, colour: str) -> Drawing:
    """Draw the histogram of a biomarker; dragging over it selects a range (interval parameter "brush")."""
    bins = biomarker_bins(values)
    x = alt.X("value:Q", title=name, scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(tickCount=7))
    known = int(values.notna().sum())
    words = (
        f"Histogram of {name} in {known} patients, from {float(values.min()):g} to {float(values.max()):g}. "
        "Drag over it to select a range, or type the range below."
    )
    return dress(histogram_bars(bins, colour=colour, x=x, brush=True), theme, alt_text=words, height=240, canvas=True)


def levels_chart(benefit: BiomarkerBenefit, arms: tuple[str, ...], *, average: float, theme: Theme) -> Drawing:
    """Draw the effect at each level of a categorical biomarker with simultaneous intervals."""
    levels = benefit.regions.rename(columns={"region": "level"}).assign(covariate=benefit.by)
    words = f"Average benefit of {benefit.arm} by {benefit.by}, with simultaneous 95 % intervals"
    colour = arm_colour(benefit.arm, arms, theme)
    return dress(
        _rows(levels, benefit.scale, colour, average, theme),
        theme,
        alt_text=f"{words}: {_pairs(levels, benefit.scale)}.",
        height=10 + 58 * len(levels),
    )


def forest_chart(forest: SubgroupForest, arms: tuple[str, ...], *, average: float, theme: Theme) -> Drawing:
    """Draw the effect in each level of pre-specified covariates with 95 % intervals.

    Each row states its number of patients, its events where the outcome has events, and its effect.
    """
    drawing = _rows(forest.levels, forest.scale, arm_colour(forest.arm, arms, theme), average, theme)
    words = f"Forest of effects of {forest.arm} by pre-specified subgroup, with 95 % intervals"
    pairs = _pairs(forest.levels, forest.scale)
    return dress(drawing, theme, alt_text=f"{words}: {pairs}.", height=10 + 58 * len(forest.levels))


def _rows(levels: pd.DataFrame, scale: str, colour: str, average: float, theme: Theme) -> alt.LayerChart:
    """Draw a row per level: interval, point, effect above and counts below; without an estimate, the reason."""
    unit = effect_unit(scale)
    known = levels["estimate"].notna()
    labels = pd.Series(unit.labels(levels), index=levels.index)
    frame = levels.assign(
        row=_names(levels),
        counts=_counts(levels),
        words=labels.where(known, levels["note"].astype(str)),
        place=levels["estimate"].fillna(average),
    )
    base = alt.Chart(frame).encode(alt.Y("row:N", sort=list(frame["row"]), title=None, axis=alt.Axis(labelLimit=260)))
    placed = base.encode(effect_x("place", unit))
    return layered(
        vertical_rule(effect_x("value", unit), 0.0, theme),
        vertical_rule(effect_x("value", unit), average, theme, words=f"overall {unit.number(average)}", dashed=True),
        base.mark_rule(strokeWidth=3, color=colour).encode(effect_x("lower", unit), alt.X2("upper:Q")),
        base.mark_point(filled=True, shape="square", size=160, opacity=1, color=colour).encode(
            effect_x("estimate", unit)
        ),
        label(placed, "words", theme, dy=-16, size=14),
        label(placed, "counts", theme, dy=18, size=13, quiet=True),
    )


def _names(levels: pd.DataFrame) -> list[str]:
    return [f"{covariate}: {level}" for covariate, level in zip(levels["covariate"], levels["level"], strict=True)]


def _pairs(levels: pd.DataFrame, scale: str) -> str:
    labels = effect_unit(scale).labels(levels)
    return "; ".join(f"{name} {label}" for name, label in zip(_names(levels), labels, strict=True))


def _counts(levels: pd.DataFrame) -> list[str]:
    events = levels["events"] if "events" in levels else pd.Series(np.nan, index=levels.index)
    return [
        f"n = {n:,.0f}" + (f", {count:,.0f} events" if np.isfinite(count) else "")
        for n, count in zip(levels["n"].astype(float), events.astype(float), strict=True)
    ]


def slice_chart(comparison: SliceComparison, scale: str, colour: str, *, average: float, theme: Theme) -> Drawing:
    """Draw the effect in a slice, in its complement, and their difference, with simultaneous 95 % intervals."""
    unit, colours = effect_unit(scale), ink(theme)
    frame = comparison.frame.rename_axis("role").reset_index()
    frame = frame.assign(label=unit.labels(frame), counts=_counts(frame))
    base = alt.Chart(frame).encode(alt.Y("role:N", sort=list(frame["role"]), title=None))
    point = base.encode(effect_x("estimate", unit))
    overall = pd.DataFrame({"value": [average], "words": [f"overall {unit.number(average)}"]})
    mark = alt.Chart(overall).encode(effect_x("value", unit))
    layers = layered(
        vertical_rule(effect_x("value", unit), 0.0, theme),
        # The overall effect is a yardstick for the two means, not for their difference below them.
        mark.mark_rule(color=colours.reference, strokeWidth=2.5, strokeDash=[6, 3]).encode(
            y=alt.value(0), y2=alt.value(_SLICE_HEIGHT * 2 // 3)
        ),
        mark.mark_text(baseline="bottom", fontWeight="bold", color=colours.text).encode(
            y=alt.value(-5), text="words:N"
        ),
        base.mark_rule(strokeWidth=4, color=colour).encode(effect_x("lower", unit), alt.X2("upper:Q")),
        point.mark_point(filled=True, size=220, opacity=1, color=colour).encode(
            alt.Shape("role:N", scale=_ROLE_SHAPES, legend=None)
        ),
        label(point, "label", theme, dy=-20),
        label(point, "counts", theme, dy=21, size=13, quiet=True),
    )
    pairs = "; ".join(f"{role} {label}" for role, label in zip(frame["role"], frame["label"], strict=True))
    return dress(layers, theme, alt_text=f"Slice against the other patients: {pairs}.", height=_SLICE_HEIGHT)
