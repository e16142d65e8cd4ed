"""Groups of like people typed in: how many they are, what one of them gains, and what an offer costs."""

from typing import Annotated, ClassVar, Self

import numpy as np
from pydantic import Field, model_validator

from ite.allocation.candidates import Candidates
from ite.errors import AllocationError, IteError
from ite.settings import Settings

MOST_GROUPS = 8
_Above0 = Annotated[float, Field(gt=0, allow_inf_nan=False)]
_Finite = Annotated[float, Field(allow_inf_nan=False)]


class TypedGroups(Settings):
    """Groups that compete for a treatment; frozen, JSON round trip.

    Attributes
    ----------
    names
        Of the groups, all different.
    people
        Who could be offered treatment, by group.
    benefit
        Of one person treated, by group, in any one unit; negative is harm.
    benefit_se
        Standard error of the benefit, by group; 0 is known exactly.
    cost
        Of one offer, by group.
    budget
        In the unit of the costs; with costs of 1 a number of offers.
    """

    refusal: ClassVar[type[IteError]] = AllocationError
    called: ClassVar[str] = "An allocation"

    names: tuple[str, ...] = Field(min_length=1, max_length=MOST_GROUPS, title="Groups")
    people: tuple[_Above0, ...] = Field(title="People")
    benefit: tuple[_Finite, ...] = Field(title="Benefit of one person treated")
    benefit_se: tuple[Annotated[float, Field(ge=0, allow_inf_nan=False)], ...] | None = Field(
        default=None, title="Standard error of the benefit"
    )
    cost: tuple[_Above0, ...] | None = Field(default=None, title="Cost of an offer")
    budget: float = Field(ge=0, allow_inf_nan=False, title="Budget")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(set(self.names)) != len(self.names):
            raise AllocationError(f"Groups need different names; found {', '.join(self.names)}.")
        for words, values in (
            ("number of people", self.people),
            ("benefit", self.benefit),
            ("standard error", self.benefit_se),
            ("cost", self.cost),
        ):
            if values is not None and len(values) != len(self.names):
                raise AllocationError(
                    f"Each group needs one {words}: {len(self.names)} groups, {len(values)} given. Give one for each."
                )
        return self

    def candidates(self) -> Candidates:
        """Return one row per group."""
        count = len(self.names)
        return Candidates(
            benefit=np.array(self.benefit)[:, None],
            cost=(np.ones(count) if self.cost is None else np.array(self.cost))[:, None],
            size=np.array(self.people),
            group=np.arange(count),
            groups=self.names,
            options=("treatment",),
        )


#: One group gains three times as much as the other, and there is treatment for a tenth of them.
THREE_TIMES = TypedGroups(names=("A", "B"), people=(500, 500), benefit=(0.3, 0.1), budget=100)
