"""The unit of an effect: its axis, its number format, and its wording."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.trial.data import FloatArray
from ite.trial.labels import spoken

_PROBABILITY = re.compile(r"risk difference|difference in (the )?(survival )?probability", re.IGNORECASE)

VERDICT_LIMITS = (0.005, 0.05)  # p-values up to which a verdict is "evidence" and "suggestive"
_MOST_DECIMALS = 5


@dataclass(frozen=True, kw_only=True)
class EffectUnit:
    """How effects on one scale are written.

    Attributes
    ----------
    scale : str
        The scale in words, as the estimate states it.
    percent : bool
        Whether effects are differences of probabilities, written in percentage points.
    """

    scale: str
    percent: bool

    @property
    def axis_title(self) -> str:
        """Title of an axis of effects, with the unit and the direction."""
        return f"Benefit ({self.scale_words})"

    @property
    def words(self) -> str:
        """The unit alone, in words."""
        return "percentage points" if self.percent else self.scale

    @property
    def scale_words(self) -> str:
        """The scale, with its unit where it has one of its own."""
        return f"{self.scale}, percentage points" if self.percent else self.scale

    @property
    def axis_labels(self) -> str:
        """Vega expression that writes the labels of the axis."""
        return "format(datum.value * 100, '.4~g')" if self.percent else "format(datum.value, ',.6~g')"

    def number(self, value: float) -> str:
        """Write one effect to three significant digits, without its unit; an unknown one as "unknown"."""
        return self._numbers(value)[0]

    def interval(self, lower: float, upper: float) -> str:
        """Write a 95 % interval."""
        return " to ".join(self._numbers(lower, upper))

    def label(self, estimate: float, lower: float, upper: float) -> str:
        """Write an estimate with its interval, all three to the same decimals."""
        first, second, third = self._numbers(estimate, lower, upper)
        return f"{first} ({second} to {third})"

    def labels(self, frame: pd.DataFrame) -> list[str]:
        """Write each row's estimate with its interval, from columns estimate, lower, upper."""
        return [self.label(*row) for row in frame[["estimate", "lower", "upper"]].to_numpy(float)]

    def _numbers(self, *values: float) -> list[str]:
        shown = np.asarray(values, dtype=float) * (100 if self.percent else 1)
        return same_decimals(shown)

    def amount(self, value: float) -> str:
        """Write one effect with its unit."""
        return f"{self.number(value)} {self.words}" if self.percent else f"{self.number(value)} ({self.words})"


def effect_unit(scale: str) -> EffectUnit:
    """Return how effects on this scale are written.

    Names of columns in it are written as words. A scale that begins with "risk difference" or "difference in the
    probability" is a difference of probabilities.
    """
    return EffectUnit(scale=spoken(scale), percent=_PROBABILITY.match(scale) is not None)


def same_decimals(values: FloatArray) -> list[str]:
    """Write numbers with the decimals that give the largest three significant digits: 1.20, 0.05, 12.3 or 1,230."""
    known = np.abs(values[np.isfinite(values)])
    largest = float(known.max()) if len(known) else 0.0
    decimals = max(0, 2 - int(np.floor(np.log10(largest)))) if largest > 0 else 0
    rounded = [round(value, decimals) + 0.0 for value in values.tolist()]
    return [f"{value:,.{decimals}f}".replace("-", "−") if np.isfinite(value) else "unknown" for value in rounded]


def three_digits(value: float) -> str:
    """Write a number to three significant digits, without an exponent: 0.0123, 1.23, 1,230."""
    return same_decimals(np.array([value]))[0]


def p_value_words(p_value: float) -> str:
    """Write a p-value: p = 0.032, p < 0.001, or that it is unknown; rounded never across a limit of the verdict."""
    if not np.isfinite(p_value):
        return "p not available"
    if p_value < 0.001:
        return "p < 0.001"
    decimals = 3 if p_value < 0.1 else 2
    while decimals < _MOST_DECIMALS and any(
        (round(p_value, decimals) <= limit) != (p_value <= limit) for limit in VERDICT_LIMITS
    ):
        decimals += 1
    return f"p = {p_value:.{decimals}f}"


def cell(frame: pd.DataFrame, row: str, column: str) -> float:
    """Return one number of a frame indexed by name, such as an arm's estimate."""
    return float(frame[column].to_numpy(float)[list(frame.index).index(row)])
