"""Years of life counted by their quality: the area under a path of utility, discounted."""

from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.discounting import Discounting
from ite.value.fields import Finite, NotNegative, ValueSettings

LONGEST_YEARS = 200
# Exact for a straight line, and to rounding for one that is discounted over at most a year.
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(10)


class UtilityPath(ValueSettings):
    """Utility over time: 1 is full health, 0 dead, and states worse than dead are negative.

    Attributes
    ----------
    time_years
        When utility was measured, rising; or the limits of the periods, one more than there are utilities.
    utility
        At these times, or in the periods between them.
    shape
        "straight lines" between measurements, or "constant" in each period. Nothing is carried beyond the times given.
    source
        Where the utilities come from: an instrument with its value set, or "assumed".
    """

    called = "A path of utility"

    time_years: tuple[NotNegative, ...] = Field(min_length=2, max_length=1000, title="Times (years)")
    utility: tuple[Finite, ...] = Field(min_length=1, max_length=1000, title="Utilities")
    shape: Literal["straight lines", "constant"] = Field(default="straight lines", title="Between the times")
    source: str = Field(min_length=1, max_length=300, title="Source of the utilities")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        needed = len(self.time_years) - (self.shape == "constant")
        if len(self.utility) != needed:
            kind = "lines between measurements" if self.shape == "straight lines" else "periods between times"
            raise ValuationError(
                f"{len(self.time_years)} times make {kind} with {needed} utilities, but {len(self.utility)} were "
                "given. Give as many as that."
            )
        if (np.diff(self.time_years) <= 0).any():
            raise ValuationError("Times should rise from each to the next. Put them in order, each once.")
        if self.time_years[-1] > LONGEST_YEARS:
            raise ValuationError(
                f"Times are in years, at most {LONGEST_YEARS}, but {self.time_years[-1]:g} was given. "
                "Divide months by 12 and days by 365.25."
            )
        if max(self.utility) > 1:
            raise ValuationError(
                f"A utility is at most 1, full health, but {max(self.utility):g} was given. "
                f"For {max(self.utility):g} %, give {max(self.utility) / 100:g}."
            )
        return self

    def at(self, years: FloatArray) -> FloatArray:
        """Return the utility at times within the span; a limit of two periods belongs to the later one."""
        if self.shape == "straight lines":
            return np.asarray(np.interp(years, self.time_years, self.utility))
        period = np.searchsorted(self.time_years, years, side="right") - 1
        return np.asarray(self.utility, dtype=float)[np.minimum(period, len(self.utility) - 1)]


@dataclass(frozen=True, kw_only=True, eq=False)
class QualityAdjustedYears:
    """Quality-adjusted life years of a path.

    Attributes
    ----------
    total, undiscounted : float
        QALYs over the span, with and without discounting (equal where there is none).
    by_year : DataFrame, one row per year of follow-up that the path touches
        year (1 is the first), undiscounted, discounted.
    """

    total: float
    undiscounted: float
    by_year: pd.DataFrame


def quality_adjusted_years(path: UtilityPath, discounting: Discounting | None = None) -> QualityAdjustedYears:
    """Return the area under a path of utility, in QALYs; None is no discounting.

    Integral of utility(t) weight(t), by a Gauss rule on each straight piece within a year.
    Source: Torrance 1986, Journal of Health Economics 5:1-30; Drummond et al. 2015, chapter 5.
    """
    times = np.array(path.time_years)
    turns = np.arange(np.ceil(times[0]), np.floor(times[-1]) + 1)
    edges = np.unique(np.concatenate([times, turns]))
    half = np.diff(edges) / 2
    years = (edges[:-1] + half)[:, None] + half[:, None] * _NODES
    area = path.at(years) * half[:, None] * _WEIGHTS
    weight = np.ones_like(years) if discounting is None else discounting.weight(years)
    pieces = pd.DataFrame(
        {
            "year": np.floor(edges[:-1] + half).astype(int) + 1,
            "undiscounted": area.sum(axis=1),
            "discounted": (area * weight).sum(axis=1),
        }
    )
    by_year = pieces.groupby("year", as_index=False).sum()
    return QualityAdjustedYears(
        total=float(by_year["discounted"].sum()), undiscounted=float(by_year["undiscounted"].sum()), by_year=by_year
    )
