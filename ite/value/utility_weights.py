"""What a unit of benefit, harm, cost and burden counts in a decision."""

from typing import ClassVar, Literal, get_args

import numpy as np
from pydantic import Field

from ite.trial.columns import FloatArray
from ite.value.fields import NotNegative, Positive, ValueSettings

#: What an option brings and takes, in the order of every array of them.
Criterion = Literal["benefit", "harm", "cost", "burden"]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)


class UtilityWeights(ValueSettings):
    """How much each unit counts; utility is benefit x its weight, less harm, cost and burden x theirs."""

    called: ClassVar[str] = "The weights"

    benefit: Positive = Field(default=1.0, title="Weight of benefit")
    harm: NotNegative = Field(default=1.0, title="Weight of harm")
    cost: NotNegative = Field(default=0.0, title="Weight of cost")
    burden: NotNegative = Field(default=0.0, title="Weight of burden")

    @property
    def signed(self) -> FloatArray:
        """The weights in the order of `CRITERIA`, those of what is to be avoided below 0."""
        return np.array([self.benefit, -self.harm, -self.cost, -self.burden])
