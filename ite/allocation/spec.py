"""What is asked of an allocation from a fitted trial."""

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from ite.allocation.frontier import Guarantee
from ite.errors import AllocationError, IteError
from ite.settings import Settings

#: What the budget is counted in: a share of the candidates, offers, or money.
BudgetUnit = Literal["share", "offers", "money"]


class AllocationSpec(Settings):
    """A limited treatment, and what every group is guaranteed of it; frozen, JSON round trip.

    Attributes
    ----------
    arms
        Treated arms that can be offered; each person is offered one at most.
    budget
        Of all candidates together, in `budget_unit`: a share between 0 and 1, a number of offers among the trial's
        patients, or money for them.
    budget_unit
        Share and offers count each offer as one, whatever the arm.
    costs
        Money per offer of each arm, in the order of `arms`; for a budget in money.
    equity
        Column of the trial whose groups are guaranteed a part; None leaves everybody in one group.
    least_benefit
        Offer only where more than this is predicted, in the unit of the effects; 0 leaves out predicted harm alone.
    guarantee
        What every group has at least some of: offers to a share of its people, or a gain per member.
    position
        Point of the frontier that is chosen: 0 is most benefit, 1 the most that every group can be guaranteed.
    """

    refusal: ClassVar[type[IteError]] = AllocationError
    called: ClassVar[str] = "An allocation"

    arms: tuple[str, ...] = Field(min_length=1, max_length=8, title="Arms offered")
    budget: float = Field(gt=0, allow_inf_nan=False, title="Budget")
    budget_unit: BudgetUnit = Field(default="share", title="Budget counted in")
    costs: tuple[float, ...] | None = Field(default=None, title="Cost of an offer")
    equity: str | None = Field(default=None, title="Groups")
    guarantee: Guarantee = Field(default="offers", title="Guaranteed to every group")
    least_benefit: float = Field(default=0.0, ge=0, allow_inf_nan=False, title="Offer only above a benefit of")
    position: float = Field(default=0.0, ge=0, le=1, title="Point of the frontier (%)")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.budget_unit == "share" and self.budget > 1:
            raise AllocationError(
                f"A budget that is a share of the candidates is at most 100 %, but {self.budget:.6g} was given as a "
                f"fraction. For {self.budget:.6g} %, give {self.budget / 100:.6g}."
            )
        if self.budget_unit == "money" and self.costs is None:
            raise AllocationError("A budget in money needs the cost of an offer of each arm. Give the costs.")
        if self.costs is not None and len(self.costs) != len(self.arms):
            raise AllocationError(
                f"Each arm needs one cost: {len(self.arms)} arms, {len(self.costs)} costs. Give one for each."
            )
        if self.costs is not None and min(self.costs) <= 0:
            raise AllocationError(f"The cost of an offer is above 0, but {min(self.costs):g} was given. Correct it.")
        return self

    def of_most_benefit(self) -> Self:
        """Return the same allocation at the point of most benefit."""
        return self.model_copy(update={"position": 0.0})

    def total(self, candidates: int) -> float:
        """Return the budget of this many candidates in offers or money; money and offers are for the whole trial."""
        return self.budget * candidates if self.budget_unit == "share" else self.budget
