"""Which column of a trial's table plays which part."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ite.errors import RoleError

Design = Literal["randomized", "observational"]


class Roles(BaseModel):
    """The part each column plays; validated, frozen, JSON round trip.

    Attributes
    ----------
    treatment, control
        Column of the arm and the level of it that is the control arm.
    outcome
        Column of a continuous or two-level outcome. Exclusive with `time` and `event`.
    time, event
        Columns of the follow-up time and of the event indicator of a time-to-event outcome.
    event_value
        Value of `event` that marks an event: 1, but 0 for ADaM's CNSR, or a text such as "Dead".
    positive
        For a two-level text outcome, the level that counts as 1.
    covariates
        Baseline columns only; nothing measured after randomisation.
    higher_is_better
        Whether a larger outcome (for time-to-event: a longer time) is good for the patient.
    randomization
        Known probability of each arm, by design. Exclusive with `propensity`.
    propensity
        Column with each patient's known probability, by arm.
    competing
        0/1 column: a patient without the event whose value is 1 left follow-up through a competing event (such as death).
    competing_as_event
        Analyse the composite endpoint: a competing event counts as an event.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    treatment: str
    control: str
    outcome: str | None = None
    time: str | None = None
    event: str | None = None
    event_value: str = "1"
    positive: str | None = None
    covariates: tuple[str, ...] = Field(min_length=1)
    higher_is_better: bool = True
    randomization: dict[str, float] | None = None
    propensity: dict[str, str] | None = None
    design: Design = "randomized"
    id: str | None = None
    protected: tuple[str, ...] = ()
    strata: str | None = None
    cluster: str | None = None
    competing: str | None = None
    competing_as_event: bool = False

    # (validators follow)
