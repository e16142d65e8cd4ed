"""What is asked of the cost-effectiveness of a fitted trial: prices, what a unit of effect is worth, and for whom."""

from pydantic import Field

from ite.value.fields import ValueSettings
from ite.value.sourced import Sourced
from ite.value.trial_draws import TreatmentValue


class TrialValuation(ValueSettings):
    """Settings of a valuation from a fitted trial; frozen, JSON round trip.

    Attributes
    ----------
    treatment
        Arms with their prices, and QALYs per unit of effect.
    willingness_to_pay
        Money for one QALY, with its unit and its source.
    by
        Column whose levels, or thirds, are the groups; None for everybody together.
    draws, seed
        Of the joint uncertainty of effects and prices.
    """

    called = "A valuation from a trial"

    treatment: TreatmentValue
    willingness_to_pay: Sourced = Field(title="Willingness to pay")
    by: str | None = Field(default=None, title="Groups")
    draws: int = Field(default=10_000, ge=100, le=100_000, title="Draws")
    seed: int = Field(default=0, ge=0, title="Seed")
