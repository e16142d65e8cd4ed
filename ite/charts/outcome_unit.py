"""The unit in which an outcome is counted, for a sentence or a short axis title."""

import re

from ite.charts.scale import EffectUnit

_MEAN = re.compile(r"difference in (?:mean (?P<mean>.+)|restricted mean (?P<time>.+) up to \S+)")


def outcome_unit(unit: EffectUnit) -> str:
    """Return the unit alone: percentage points, or the outcome's name without the words that make it a difference."""
    if unit.percent:
        return unit.words
    named = _MEAN.fullmatch(unit.scale)
    return unit.scale if named is None else named["mean"] or named["time"]
