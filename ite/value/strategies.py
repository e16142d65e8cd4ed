"""Strategies typed in: what each costs and brings per person, and examples to start from."""

from typing import Self

from pydantic import Field, model_validator

from ite.errors import ValuationError
from ite.value.dominance import cost_effectiveness_table
from ite.value.fields import Finite, ValueSettings
from ite.value.sourced import Sourced, Words

MOST_STRATEGIES = 20


class Strategies(ValueSettings):
    """Strategies to choose from, each known by its average cost and effect; frozen, JSON round trip.

    Attributes
    ----------
    names
        All different.
    cost, effect
        Per person, by strategy: money, and QALYs.
    source
        Where costs and effects come from.
    willingness_to_pay
        Money for one QALY, with its unit and its source.
    """

    called = "A choice of strategies"

    names: tuple[Words, ...] = Field(min_length=2, max_length=MOST_STRATEGIES, title="Strategies")
    cost: tuple[Finite, ...] = Field(title="Cost per person")
    effect: tuple[Finite, ...] = Field(title="QALYs per person")
    source: Words = Field(min_length=1, title="Source of costs and effects")
    willingness_to_pay: Sourced = Field(title="Willingness to pay")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not len(self.names) == len(self.cost) == len(self.effect):
            raise ValuationError(
                f"Each strategy needs a cost and an effect: {len(self.names)} strategies, {len(self.cost)} costs, "
                f"{len(self.effect)} effects. Give one of each."
            )
        # What the incremental analysis refuses is refused here, before anything is drawn.
        cost_effectiveness_table(self.names, self.cost, self.effect, self.willingness_to_pay.value)
        return self

    def among(self, name: str) -> int:
        """Return the position of a strategy; a ValuationError names those there are."""
        if name not in self.names:
            raise ValuationError(
                f"The comparator is one of {', '.join(self.names)}, but '{name}' was given. Choose one of them."
            )
        return self.names.index(name)


_THRESHOLD = Sourced(value=50_000, unit="USD per QALY", source="assumed")

#: Sets of strategies to start from.
EXAMPLES: dict[str, Strategies] = {
    "Screening for HIV": Strategies(
        names=("status quo", "one time", "every 5 years", "every 3 years", "every year"),
        cost=(26_000, 27_000, 28_020, 28_440, 29_440),
        effect=tuple(months / 12 for months in (277.25, 277.57, 277.78, 277.83, 277.76)),
        source="Paltiel et al. 2005, population at high risk, quality-adjusted months divided by 12",
        willingness_to_pay=_THRESHOLD,
    ),
    "Bypass or medical therapy": Strategies(
        names=("medical therapy", "bypass surgery"),
        cost=(38_000, 60_000),
        effect=(8.7, 9.2),
        source="made-up figures of a worked example",
        willingness_to_pay=_THRESHOLD,
    ),
    "A marker in 20 % of patients": Strategies(
        names=("treat nobody", "treat with the marker", "treat everybody"),
        cost=(0, 4_000, 20_000),
        effect=(0, 0.16, 0.2),
        source="made-up figures: 0.8 QALYs with the marker, 0.05 without, 20,000 per treated, the test is free",
        willingness_to_pay=_THRESHOLD,
    ),
}
