"""A number that somebody must answer for: its value, its unit and where it comes from."""

from typing import Annotated, Self

import numpy as np
from pydantic import Field, StringConstraints, model_validator

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.fields import Finite, Positive, ValueSettings

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]


class Sourced(ValueSettings):
    """A cost, a utility, a threshold or a rate, with its provenance; no valuation has such a number built in.

    Attributes
    ----------
    value
        The number, in `unit`.
    unit
        Such as "EUR per patient" or "QALYs per year of survival".
    source
        Where the number comes from: a reference, a price list, or "assumed" and by whom.
    se
        Its standard error; None where it is taken as known.
    """

    called = "A number with its source"

    value: Finite = Field(title="Value")
    unit: Words = Field(title="Unit")
    source: Words = Field(title="Source")
    se: Positive | None = Field(default=None, title="Standard error")

    @model_validator(mode="after")
    def _answers_for_itself(self) -> Self:
        for words, what in ((self.unit, "its unit"), (self.source, "where it comes from")):
            if not words:
                raise ValuationError(f"A number needs words on {what}, but {self.value:g} has none. Add them.")
        if self.se is not None and self.value == 0:
            raise ValuationError(
                "A value of 0 is taken as known, but a standard error was given. Leave one of the two out."
            )
        return self

    def draws(self, count: int, rng: np.random.Generator) -> FloatArray:
        """Return draws of the number, shape (count,): gamma with its mean and error, of its sign; or the number itself.

        Source: Briggs, Claxton & Sculpher 2006, Decision Modelling for Health Economic Evaluation, chapter 4.
        """
        if self.se is None:
            return np.full(count, self.value)
        size = abs(self.value)
        return np.asarray(np.sign(self.value) * rng.gamma((size / self.se) ** 2, self.se**2 / size, count))
