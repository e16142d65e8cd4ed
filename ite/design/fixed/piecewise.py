"""A rate that is constant between a few points in time."""

from typing import Annotated, Self

import numpy as np
import numpy.typing as npt
from pydantic import Field, model_validator

from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.trial.columns import FloatArray

NotNegative = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]


class Piecewise(DesignSpec):
    """A step function of time: `levels[i]` from `starts[i]` until the next start; the last level goes on for ever.

    Attributes
    ----------
    levels
        What holds in each piece: a hazard per month, a hazard ratio, or patients per month.
    starts
        Months at which the pieces begin; the first is 0.
    """

    levels: tuple[NotNegative, ...] = Field(min_length=1, max_length=100)
    starts: tuple[NotNegative, ...] = (0.0,)

    @model_validator(mode="after")
    def _check(self) -> Self:
        if len(self.starts) != len(self.levels):
            raise DesignError(
                f"Each piece has one start and one level, but there are {len(self.starts)} starts and "
                f"{len(self.levels)} levels. Give as many of the one as of the other."
            )
        if self.starts[0] != 0.0 or min(np.diff(self.starts), default=1.0) <= 0.0:
            raise DesignError(
                f"Pieces start at 0 and then at increasing months, but {', '.join(f'{x:g}' for x in self.starts)} was "
                "given. Order the starts."
            )
        return self

    @classmethod
    def constant(cls, value: float) -> Self:
        """Return the function that has one value throughout."""
        return cls(levels=(value,))

    def at(self, months: npt.ArrayLike) -> FloatArray:
        """Return the value that holds from each month on."""
        places = np.searchsorted(np.array(self.starts), np.asarray(months, dtype=float), side="right") - 1
        return np.array(self.levels)[places]

    def until(self, months: npt.ArrayLike) -> FloatArray:
        """Return the integral from 0 to each month: patients enrolled, or a cumulative hazard."""
        ends = np.append(self.starts[1:], np.inf)
        length = np.clip(np.asarray(months, dtype=float)[..., None] - np.array(self.starts), 0.0, ends - self.starts)
        return np.asarray(length @ np.array(self.levels))
