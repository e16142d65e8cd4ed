"""Ranges brushed on a histogram, in round numbers."""

import math
from collections.abc import Mapping
from typing import Any

Range = tuple[float, float]


def rounded(lower: float, upper: float, low: float, high: float) -> Range:
    """Round a brushed range outwards to about a two-hundredth of the axis, and keep it inside the axis."""
    if not high > low:
        return low, high
    step = 10.0 ** math.floor(math.log10((high - low) / 100))
    start = math.floor(round(lower / step, 6)) * step
    end = math.ceil(round(upper / step, 6)) * step
    digits = max(0, -round(math.log10(step)))
    return max(low, round(start, digits)), min(high, round(end, digits))


def brushed_range(event: Any, brush: str, field: str = "value") -> Range | None:  # noqa: ANN401 - a browser's answer
    """Read the range out of a chart's selection event; None where nothing is selected or the answer is malformed."""
    selection = event.get("selection", {}) if isinstance(event, Mapping) else {}
    ends = selection.get(brush, {}).get(field) if isinstance(selection.get(brush, {}), Mapping) else None
    return typed_range(ends)


def typed_range(ends: Any) -> Range | None:  # noqa: ANN401 - from a link or a browser
    """Read two ends, in either order; None where they are not two different finite numbers."""
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        return None
    try:
        first, second = (float(end) for end in ends)
    except (TypeError, ValueError):
        return None
    if not (math.isfinite(first) and math.isfinite(second)) or first == second:
        return None
    return min(first, second), max(first, second)
