"""Options of a decision typed as counts: of so many patients so many responded, and so many were harmed."""

from typing import ClassVar, Self

import numpy as np
from pydantic import Field, model_validator

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.beta_options import BetaOption, draw_beta_options
from ite.value.decision_desk import OptionDraws
from ite.value.fields import NotNegative, Positive, ValueSettings


class CountedOption(ValueSettings):
    """What was counted of an option, and what it takes per person beside harm."""

    called: ClassVar[str] = "An option"

    name: str = Field(min_length=1, max_length=60, title="Name of the option")
    responded: NotNegative = Field(title="Responded")
    patients: Positive = Field(title="Patients followed for response")
    harmed: NotNegative = Field(title="Harmed")
    followed: Positive = Field(title="Patients followed for harm")
    cost: NotNegative = Field(default=0.0, title="Cost (per person)")
    burden: NotNegative = Field(default=0.0, title="Burden (per person)")

    @model_validator(mode="after")
    def _counts_fit(self) -> Self:
        for count, most in (("responded", self.patients), ("harmed", self.followed)):
            if (found := getattr(self, count)) > most:
                raise ValuationError(
                    f"{self.label(count)} under {self.name} should be at most its {most:g} patients, but {found:g} was "
                    "given. Correct one of them."
                )
        return self


class CountedOptions(ValueSettings):
    """Options to choose from, with what is added to every count as the prior.

    Attributes
    ----------
    options
        Of different names.
    prior
        Patients added to those with and to those without: 0 takes the counts as they are, 1 is a uniform prior.
    """

    called: ClassVar[str] = "The options"

    options: tuple[CountedOption, ...] = Field(min_length=2, max_length=8, title="Options")
    prior: NotNegative = Field(default=0.0, title="Prior")

    @property
    def posteriors(self) -> tuple[BetaOption, ...]:
        """The options with beta posteriors; a ValuationError where a count of nobody leaves none."""
        return tuple(
            BetaOption(
                name=option.name,
                response=self._beta(option, "responded", option.patients),
                harm=self._beta(option, "harmed", option.followed),
                cost=option.cost,
                burden=option.burden,
            )
            for option in self.options
        )

    @property
    def expected(self) -> FloatArray:
        """Exact expected response, harm, cost and burden, shape (options, criteria)."""
        return np.array([option.expected for option in self.posteriors])

    def draws(self, *, draws: int = 10_000, seed: int) -> OptionDraws:
        """Return joint draws of the options."""
        return draw_beta_options(self.posteriors, draws=draws, seed=seed)

    def _beta(self, option: CountedOption, count: str, patients: float) -> tuple[float, float]:
        found = float(getattr(option, count))
        pair = found + self.prior, patients - found + self.prior
        if min(pair) <= 0:
            raise ValuationError(
                f"{option.label(count)} under {option.name} is {found:g} of {patients:g}: counts of nobody, or of "
                "everybody, say nothing of how sure they are without a prior. Choose the uniform prior."
            )
        return pair
