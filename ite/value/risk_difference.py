"""The difference of two risks with an interval that keeps its coverage in small groups."""

from typing import Self

import numpy as np
from pydantic import Field, model_validator
from scipy.stats import binomtest

from ite.errors import ValuationError
from ite.estimation.nnt import NumberNeededToTreat, number_needed_to_treat
from ite.value.fields import ValueSettings


class TwoRisks(ValueSettings):
    """Counts of an outcome that is good (a response) with treatment and with control; frozen, JSON round trip.

    For a bad outcome count those who were spared it, or exchange the arms: positive means benefit.
    """

    called = "Counts of two arms"

    events_treated: int = Field(ge=0, title="Good outcomes with treatment")
    n_treated: int = Field(ge=1, title="Patients with treatment")
    events_control: int = Field(ge=0, title="Good outcomes with control")
    n_control: int = Field(ge=1, title="Patients with control")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for events, n in ((self.events_treated, self.n_treated), (self.events_control, self.n_control)):
            if events > n:
                raise ValuationError(
                    f"An arm has at most as many outcomes as patients, not {events} in {n}. Correct it."
                )
        return self

    @property
    def difference(self) -> float:
        """Share with treatment minus share with control."""
        return self.events_treated / self.n_treated - self.events_control / self.n_control

    def interval(self, confidence_level: float = 0.95) -> tuple[float, float]:
        """Return Newcombe's two-sided limits of the difference: a hybrid of the two Wilson intervals.

        Source: Newcombe 1998, Stat Med 17:873-890, method 10.
        """
        treated, control = (
            binomtest(events, n).proportion_ci(confidence_level, method="wilson")
            for events, n in ((self.events_treated, self.n_treated), (self.events_control, self.n_control))
        )
        with_treatment, without = self.events_treated / self.n_treated, self.events_control / self.n_control
        down = np.hypot(with_treatment - treated.low, control.high - without)
        up = np.hypot(treated.high - with_treatment, without - control.low)
        return self.difference - float(down), self.difference + float(up)

    @property
    def number_needed_to_treat(self) -> NumberNeededToTreat:
        """The number needed to treat with its 95 % interval."""
        return number_needed_to_treat(self.difference, *self.interval())
