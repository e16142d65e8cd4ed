"""Groups from the worst to the best off, with the health of one person and what a programme changes of it."""

from typing import Annotated, ClassVar, Self

import numpy as np
from pydantic import Field, model_validator

from ite.allocation.distributional_gain import Aversion, DistributionalGain, distributional_gain
from ite.allocation.rank_inequality import fractional_ranks
from ite.errors import AllocationError, IteError
from ite.settings import Settings
from ite.trial.columns import FloatArray

MOST_GROUPS = 12
_Above0 = Annotated[float, Field(gt=0, allow_inf_nan=False)]
_Finite = Annotated[float, Field(allow_inf_nan=False)]


class HealthGroups(Settings):
    """Groups in order from the worst to the best off, such as by income; frozen, JSON round trip.

    Attributes
    ----------
    names
        Of the groups, all different.
    people
        By group, in any unit, such as shares.
    level
        Health of one person without the programme, in any one unit; larger is better.
    gain
        What the programme adds to it.
    lost
        What one person loses since the programme's money is not spent elsewhere.
    """

    refusal: ClassVar[type[IteError]] = AllocationError
    called: ClassVar[str] = "A list of groups"

    names: tuple[str, ...] = Field(min_length=2, max_length=MOST_GROUPS, title="Groups")
    people: tuple[_Above0, ...] = Field(title="People")
    level: tuple[_Finite, ...] = Field(title="Level now")
    gain: tuple[_Finite, ...] = Field(title="Gain")
    lost: tuple[_Finite, ...] = Field(title="Lost to pay for it")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(set(self.names)) != len(self.names):
            raise AllocationError(f"Groups need different names; found {', '.join(self.names)}.")
        for words, values in (
            ("number of people", self.people),
            ("level", self.level),
            ("gain", self.gain),
            ("loss", self.lost),
        ):
            if len(values) != len(self.names):
                raise AllocationError(
                    f"Each group needs one {words}: {len(self.names)} groups, {len(values)} given. Give one for each."
                )
        return self

    @property
    def before(self) -> FloatArray:
        """Level of one person without the programme, shape (groups,)."""
        return np.array(self.level)

    @property
    def net(self) -> FloatArray:
        """Gain less loss of one person, shape (groups,)."""
        return np.asarray(np.array(self.gain) - np.array(self.lost))

    @property
    def after(self) -> FloatArray:
        """Level of one person with the programme, shape (groups,)."""
        return np.asarray(self.before + self.net)

    @property
    def rank(self) -> FloatArray:
        """Fractional rank of each group, 0 for the worst off, shape (groups,)."""
        return fractional_ranks(self.people)

    def worth(self, aversion: Aversion) -> DistributionalGain:
        """Return what the programme is worth at an aversion to inequality; see `distributional_gain`."""
        return distributional_gain(self.level, self.gain, aversion, lost=self.lost, people=self.people)


#: Healthy life expectancy (years) by income fifth in England, as documented in dceasimR, with an invented programme
#: that reaches the poorer more.
INCOME_FIFTHS = HealthGroups(
    names=("Poorest fifth", "Second", "Third", "Fourth", "Richest fifth"),
    people=(20, 20, 20, 20, 20),
    level=(62.4, 65.1, 67.3, 69.4, 71.8),
    gain=(0.3, 0.25, 0.2, 0.15, 0.1),
    lost=(0.15, 0.15, 0.15, 0.15, 0.15),
)
