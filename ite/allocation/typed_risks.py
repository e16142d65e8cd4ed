"""A population and how its risk is spread, typed in: two groups, or a beta distribution."""

from typing import ClassVar

from pydantic import Field

from ite.allocation.risk_distribution import BetaRisk, RiskGroups, two_risks
from ite.errors import AllocationError, IteError
from ite.settings import Settings


class Population(Settings):
    """Who could be treated, and from which risk on somebody counts as high-risk; frozen, JSON round trip.

    Attributes
    ----------
    people
        In the population.
    threshold
        Risk from which somebody counts as high-risk, between 0 and 1.
    """

    refusal: ClassVar[type[IteError]] = AllocationError
    called: ClassVar[str] = "A population"

    people: float = Field(gt=0, allow_inf_nan=False, title="People")
    threshold: float = Field(ge=0, le=1, title="High risk from (%)")


class TwoRisks(Settings):
    """A share of the people has a high risk, the rest a low one; frozen, JSON round trip.

    Attributes
    ----------
    high_share
        Share of the people at the high risk, between 0 and 1.
    risk_high, risk_low
        Probability of becoming a case without treatment.
    """

    refusal: ClassVar[type[IteError]] = AllocationError
    called: ClassVar[str] = "A distribution of risks"

    high_share: float = Field(ge=0, le=1, title="Share at high risk (%)")
    risk_high: float = Field(ge=0, le=1, title="High risk (%)")
    risk_low: float = Field(ge=0, le=1, title="Risk of the rest (%)")

    def risks(self, people: float) -> RiskGroups:
        """Return the distribution over so many people; see `two_risks`."""
        return two_risks(people, self.high_share, self.risk_high, self.risk_low)


class SpreadRisks(Settings):
    """A risk that differs from person to person like a beta distribution; frozen, JSON round trip.

    Attributes
    ----------
    mean, sd
        Of the risk over people, between 0 and 1.
    """

    refusal: ClassVar[type[IteError]] = AllocationError
    called: ClassVar[str] = "A distribution of risks"

    mean: float = Field(gt=0, lt=1, title="Mean risk (%)")
    sd: float = Field(gt=0, lt=1, title="Spread of the risk, SD (%)")

    def risks(self, people: float) -> BetaRisk:
        """Return the distribution over so many people; see `BetaRisk`."""
        return BetaRisk(people=people, mean=self.mean, sd=self.sd)
