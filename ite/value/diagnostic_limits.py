"""How cheap, how good and how common a marker must be for testing to pay: exact roots.

The net benefit of each strategy is a straight line in each input alone, so two points of it give the root.
"""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from ite.trial.columns import FloatArray
from ite.value.diagnostic_inputs import STRATEGIES, CompanionDiagnostic, DiagnosticInput, strategy_figures

#: What is asked of a test, with the least and the most it can be.
_RANGES: dict[DiagnosticInput, tuple[float, float]] = {
    "price": (0.0, math.inf),
    "waiting_cost": (0.0, math.inf),
    "lost_waiting": (0.0, 1.0),
    "sensitivity": (0.0, 1.0),
    "specificity": (0.0, 1.0),
    "prevalence": (0.0, 1.0),
    "willingness_to_pay": (0.0, math.inf),
}
_ROUNDING = 1e-12


class _Line(NamedTuple):
    """Net benefit of testing over a rival: its value where the input is 0, and its slope."""

    start: float
    slope: float

    @property
    def root(self) -> float:
        return -self.start / self.slope if self.slope else math.nan

    def window(self, least: float, most: float) -> tuple[float, float]:
        """Return where the line is not below 0, between two limits; the first above the second where nowhere."""
        if not self.slope:
            return (least, most) if self.start >= 0 else (math.inf, -math.inf)
        return (max(least, self.root), most) if self.slope > 0 else (least, min(most, self.root))


def break_even(spec: CompanionDiagnostic) -> pd.DataFrame:
    """Return the value of each input at which testing is worth as much as each rival.

    Columns input, against, value: unlimited, so that a price below 0 tells how far off testing is; NaN where the input
    makes no difference.
    """
    rows = [
        (name, rival, line.root) for name in _RANGES for rival, line in zip(_RIVALS, _lines(spec, name), strict=True)
    ]
    return pd.DataFrame(rows, columns=["input", "against", "value"])


def best_windows(spec: CompanionDiagnostic) -> pd.DataFrame:
    """Return between which values of each input testing is worth at least as much as both rivals.

    Indexed by input; columns lower, upper: NaN where testing is never best.
    """
    rows = {}
    for name, (least, most) in _RANGES.items():
        found = [line.window(least, most) for line in _lines(spec, name)]
        lower, upper = max(low for low, _ in found), min(high for _, high in found)
        rows[name] = (lower, upper) if lower <= upper else (math.nan, math.nan)
    windows = pd.DataFrame.from_dict(rows, orient="index", columns=["lower", "upper"])
    return windows.rename_axis("input")


_RIVALS = (STRATEGIES[0], STRATEGIES[2])


def _lines(spec: CompanionDiagnostic, name: DiagnosticInput) -> tuple[_Line, _Line]:
    """Return testing over treating nobody, and over treating everybody, as lines in one input."""
    none, tested, everybody = strategy_figures(spec, {name: np.array([0.0, 1.0])}).net_benefit
    return _line(tested - none), _line(tested - everybody)


def _line(ends: FloatArray) -> _Line:
    slope = float(ends[1] - ends[0])
    flat = abs(slope) <= _ROUNDING * float(np.abs(ends).max())
    return _Line(float(ends[0]), 0.0 if flat else slope)
