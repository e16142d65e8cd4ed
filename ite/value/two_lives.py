"""Life and quality under two options: their paths of utility, the QALYs of each, and what lies between."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.discounting import Discounting
from ite.value.fields import ValueSettings
from ite.value.qaly import QualityAdjustedYears, UtilityPath, quality_adjusted_years


class TwoLives(ValueSettings):
    """Two options followed over the same time; what the first adds to the second is looked for.

    Attributes
    ----------
    names
        Of the options, as results print them.
    paths
        Their paths of utility, of one shape and over the same span.
    discounting
        None is no discounting.
    """

    called = "Two paths of utility"

    names: tuple[str, str] = Field(title="Names of the options")
    paths: tuple[UtilityPath, UtilityPath] = Field(title="Paths of utility")
    discounting: Discounting | None = Field(default=None, title="Discounting")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        first, second = (name.strip() for name in self.names)
        if not first or not second or first == second:
            raise ValuationError("The two options need two different names. Name each.")
        spans = [(path.time_years[0], path.time_years[-1]) for path in self.paths]
        if spans[0] != spans[1]:
            raise ValuationError(
                "Both options are followed over the same time, but one runs from "
                f"{spans[0][0]:g} to {spans[0][1]:g} years and the other from {spans[1][0]:g} to {spans[1][1]:g}. "
                "Give both a utility at the first and at the last time."
            )
        if self.paths[0].shape != self.paths[1].shape:
            raise ValuationError("Both paths need the same shape, lines or steps. Choose one for both.")
        return self


@dataclass(frozen=True, kw_only=True, eq=False)
class LivesCompared:
    """QALYs of two options.

    Attributes
    ----------
    frame : DataFrame, a row for each option and one for the difference, first less second
        option, undiscounted, discounted (QALYs per person).
    by_year : DataFrame, one row per year
        year (1 is the first), undiscounted, discounted: the difference that it brings.
    points : DataFrame
        time_years, first, second (utility). Straight lines join them, or each holds until the next; every crossing of
        straight lines is among them.
    """

    frame: pd.DataFrame
    by_year: pd.DataFrame
    points: pd.DataFrame

    @property
    def gain(self) -> float:
        """Discounted QALYs that the first option adds to the second."""
        return float(self.frame["discounted"].iloc[-1])

    @property
    def undiscounted_gain(self) -> float:
        """QALYs that the first option adds, without discounting."""
        return float(self.frame["undiscounted"].iloc[-1])


def compare_lives(asked: TwoLives) -> LivesCompared:
    """Return the QALYs of two options and their difference (see `quality_adjusted_years`)."""
    first, second = (quality_adjusted_years(path, asked.discounting) for path in asked.paths)
    rows = [
        (asked.names[0], first.undiscounted, first.total),
        (asked.names[1], second.undiscounted, second.total),
        ("difference", first.undiscounted - second.undiscounted, first.total - second.total),
    ]
    return LivesCompared(
        frame=pd.DataFrame(rows, columns=["option", "undiscounted", "discounted"]),
        by_year=_difference_by_year(first, second),
        points=_points(*asked.paths),
    )


def _difference_by_year(first: QualityAdjustedYears, second: QualityAdjustedYears) -> pd.DataFrame:
    return (first.by_year.set_index("year") - second.by_year.set_index("year")).reset_index()


def _points(first: UtilityPath, second: UtilityPath) -> pd.DataFrame:
    times = np.union1d(first.time_years, second.time_years)
    if first.shape == "straight lines":
        times = np.union1d(times, _crossings(times, first.at(times) - second.at(times)))
    return pd.DataFrame({"time_years": times, "first": first.at(times), "second": second.at(times)})


def _crossings(times: FloatArray, gap: FloatArray) -> FloatArray:
    """Return the times between neighbours at which straight lines between the gaps pass through 0."""
    crossed = gap[:-1] * gap[1:] < 0
    before, after = gap[:-1][crossed], gap[1:][crossed]
    return np.asarray(times[:-1][crossed] + np.diff(times)[crossed] * before / (before - after))
