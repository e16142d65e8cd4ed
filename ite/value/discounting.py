"""What a later year counts today: discounting of life and of money."""

from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.fields import ValueSettings
from ite.value.sourced import Sourced

#: When what happens in a year is counted: all of it at one point of the year, or each moment for itself.
Timing = Literal["start of year", "middle of year", "end of year", "continuous"]
_POINT = {"start of year": 0.0, "middle of year": 0.5, "end of year": 1.0}


class Discounting(ValueSettings):
    """A discount rate and when it strikes; frozen, JSON round trip.

    Attributes
    ----------
    rate
        A fraction per year, such as 0.035. With `timing` "continuous" it is the instantaneous rate r of exp(-r t): a
        yearly rate i is ln(1 + i) there.
    timing
        The point at which what a year brings is counted; "middle of year" is the half-cycle correction.
    """

    called = "Discounting"

    rate: Sourced = Field(title="Discount rate")
    timing: Timing = Field(default="middle of year", title="Counted at")

    @model_validator(mode="after")
    def _is_a_fraction(self) -> Self:
        found = self.rate.value
        if "%" in self.rate.unit or found >= 1:
            raise ValuationError(
                f"A discount rate is a fraction per year, but {found:g} {self.rate.unit} was given. "
                f"For {found:g} % per year, give {found / 100:g} with the unit 'per year'."
            )
        if found < 0:
            raise ValuationError(f"A discount rate is at least 0, but {found:g} was given. Give 0 for no discounting.")
        if self.rate.se is not None:
            raise ValuationError("A discount rate is agreed, not estimated: leave its standard error out.")
        return self

    def weight(self, years: FloatArray) -> FloatArray:
        """Return what a unit at each time counts today, in [0, 1]; times in years from now, 0 or later.

        (1 + rate)^-(whole years passed + point of the year), or exp(-rate t).
        """
        if self.timing == "continuous":
            return np.asarray(np.exp(-self.rate.value * years))
        return np.asarray((1 + self.rate.value) ** -(np.floor(years) + _POINT[self.timing]))
