"""The sentences of the subgroup results."""

import math
from collections.abc import Hashable, Iterable

import pandas as pd

from ite.subgroup.windows import CriticalValue

#: What a smooth curve cannot show, and where to look instead.
JUMP_WORDS = (
    "The curve is smooth, so a sudden jump in the effect is drawn as a slope and the band may miss the corners of the "
    "jump: for a cut-off, go by the effects of the parts and slices, not by where the line bends."
)


def listed(names: Iterable[object]) -> str:
    """Join names into words: "'a', 'b'"."""
    return ", ".join(f"'{name}'" for name in names)


def plain(value: float) -> str:
    """Return a number without needless digits: 4, 0.25, 1826."""
    return f"{value:.10g}"


def effect_words(value: float, scale: str) -> str:
    """Return an effect to three significant digits, a difference of probabilities in percentage points."""
    if not math.isfinite(value):
        return "not estimable"
    shown = 100 * value if "probability" in scale else value
    digits = 2 if shown == 0 else max(0, min(6, 2 - math.floor(math.log10(abs(shown)))))
    return f"{shown:,.{digits}f}".replace("-", "−")


def interval_words(frame: pd.DataFrame, row: Hashable, scale: str) -> str:
    """Return the estimate of a row with its limits: "12.3 (−4.0 to 28.6)"."""
    numbers = frame[["estimate", "lower", "upper"]].to_numpy(float)[frame.index.get_loc(row)]
    estimate, lower, upper = (effect_words(float(number), scale) for number in numbers)
    return f"{estimate} ({lower} to {upper})"


def unit_words(scale: str) -> str:
    """Return the scale with its unit, where it is a difference of probabilities."""
    return f"{scale}, in percentage points" if "probability" in scale else scale


def slice_sentence(predicate: str, arm: str, frame: pd.DataFrame, scale: str, *, prespecified: bool) -> str:
    """Say what a slice comparison found, as an average over patients like these."""
    inside, outside, gap = (interval_words(frame, role, scale) for role in ("slice", "complement", "difference"))
    kind = "95 % interval" if prespecified else "95 % interval that allows for every slice of this axis"
    lower, upper = frame[["lower", "upper"]].to_numpy(float)[-1]
    patients = frame["n"].to_numpy(int)
    if lower > 0:
        reading = "so the average benefit is larger in this slice"
    elif upper < 0:
        reading = "so the average benefit is smaller in this slice"
    else:
        reading = "so these data do not show that the benefit differs, nor that it is equal"
    return (
        f"Where {predicate} ({patients[0]:,} patients), the average benefit of {arm} is {inside}; "
        f"in the other {patients[1]:,} it is {outside}. The difference is {gap}, {reading}. "
        f"({kind[0].upper()}{kind[1:]} in brackets; {unit_words(scale)}; positive means benefit.)"
    )


def slice_method(critical: CriticalValue, axis: str, note: str, missing: int) -> str:
    """Say how a slice comparison was made."""
    if critical.candidates == 1:
        width = "Pre-specified slice: plain 95 % intervals"
    else:
        width = (
            f"Exploratory slice: simultaneous 95 % intervals over {critical.method} ({critical.candidates:,} compared, "
            f"critical value {critical.difference:.2f} for the difference and {critical.mean:.2f} for the two means, "
            "instead of 1.96)"
        )
    parts = [f"Means of doubly robust scores, robust standard errors. {width}.", note]
    if missing:
        parts.append(f"{missing:,} patients without a value of {axis} are on neither side.")
    return " ".join(part for part in parts if part)


def region_words(low: float, high: float) -> str:
    """Name a region above `low`, up to and including `high`; infinite bounds are open."""
    if math.isinf(low) and math.isinf(high):
        return "all"
    if math.isinf(low):
        return f"≤ {plain(high)}"
    return f"> {plain(low)}" if math.isinf(high) else f"> {plain(low)} to {plain(high)}"


def curve_sentence(by: str, arm: str, curve: pd.DataFrame, scale: str) -> str:
    """Say where the curve runs, and whether one common effect fits inside its band."""
    first, last = curve.index[0], curve.index[-1]
    common = float(curve["lower"].max()) <= float(curve["upper"].min())
    reading = "One common effect fits inside the band" if common else "No single common effect fits inside the band"
    low, high = (plain(float(f"{value:.3g}")) for value in curve["value"].to_numpy(float)[[0, -1]])
    return (
        f"Among patients with {by} near {low} the average benefit of {arm} is {interval_words(curve, first, scale)}, "
        f"near {high} it is {interval_words(curve, last, scale)} "
        f"(simultaneous 95 % band; {unit_words(scale)}; positive means benefit). {reading}."
    )


def levels_sentence(by: str, arm: str, levels: pd.DataFrame, scale: str) -> str:
    """Say the effect of the best and the worst level, and which levels cannot be estimated."""
    known = levels[levels["estimate"].notna()]
    silent = levels.loc[levels["estimate"].isna(), "region"]
    left_out = f" Too few patients to say: {', '.join(silent)}." if len(silent) else ""
    if known.empty:
        return f"No level of {by} has enough patients in both arms to estimate the benefit of {arm}.{left_out}"
    ranked = known.set_index("region").sort_values("estimate", ascending=False, kind="stable")
    ends = ranked.index[[0, -1]] if len(ranked) > 1 else ranked.index
    span = "is " + " and ".join(f"{interval_words(ranked, level, scale)} in {level}" for level in ends)
    return (
        f"By {by}, the average benefit of {arm} {span} "
        f"(95 % intervals that hold for all levels together; {unit_words(scale)}; positive means benefit).{left_out}"
    )


def effect_p_value(p_value: float, *, prespecified: bool) -> str:
    """Say the p-value of a pre-specified biomarker; nothing for one that was chosen after seeing the data."""
    if not prespecified or math.isnan(p_value):
        return ""
    shown = "< 0.001" if p_value < 0.001 else f"= {p_value:.3f}"
    return f" One test of any difference along this pre-specified axis: p {shown}."
