"""Which column of a trial's table plays which part."""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)

from ite.errors import RoleError
from ite.trial.labels import closest, label_text, shown, shown_list
from ite.trial.responder import ResponderDefinition

Design = Literal["randomized", "observational"]
SUM_TOLERANCE = 1e-6


def _level(value: object) -> object:
    return value if value is None else label_text(value)


def _by_level(value: object) -> object:
    return {label_text(level): part for level, part in value.items()} if isinstance(value, Mapping) else value


Level = Annotated[str, BeforeValidator(_level)]
"""A level of a column, compared as text: 0 and "0" are the same."""
Column = Annotated[str, Field(min_length=1)]


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
        Column with each patient's known probability, by arm; one arm may be left out, it takes the rest.
    competing
        0/1 column: a patient without the event whose value is 1 left follow-up through a competing event, such as
        death.
    competing_as_event
        Analyse the composite endpoint: a competing event counts as an event.
    received
        Column of the arm whose treatment a patient in fact had, as levels of `treatment`. Effects stay those of being
        assigned; what receiving does is asked beside them.
    switch_time
        Column with the time at which a control of a time-to-event outcome switched to treatment; empty for never.
    responder
        Count a measured outcome as reached or not, by this definition; a response is always good.

    Raises
    ------
    RoleError
        For every misuse, as one sentence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    treatment: Column
    control: Level
    outcome: Column | None = None
    time: Column | None = None
    event: Column | None = None
    event_value: Level = "1"
    positive: Level | None = None
    covariates: tuple[Column, ...] = Field(min_length=1)
    higher_is_better: bool = True
    randomization: Annotated[dict[str, float], BeforeValidator(_by_level)] | None = None
    propensity: Annotated[dict[str, Column], BeforeValidator(_by_level)] | None = None
    design: Design = "randomized"
    id: Column | None = None
    protected: tuple[Column, ...] = ()
    strata: Column | None = None
    cluster: Column | None = None
    competing: Column | None = None
    competing_as_event: bool = False
    received: Column | None = None
    switch_time: Column | None = None
    responder: ResponderDefinition | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that has a part, once each: the parts in order, then covariates and the rest."""
        before = None if self.responder is None else self.responder.baseline
        single = (self.id, self.treatment, self.outcome, self.time, self.event, self.competing, before)
        several = (*self.covariates, *self.protected, self.strata, self.cluster, *(self.propensity or {}).values())
        several = (self.received, self.switch_time, *several)
        return tuple(dict.fromkeys(column for column in (*single, *several) if column is not None))

    @model_validator(mode="wrap")
    @classmethod
    def _explain(cls, given: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(given)
        except ValidationError as error:
            raise RoleError(_sentence(error, tuple(cls.model_fields))) from None

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_endpoint(self)
        _check_responder(self)
        _check_columns_apart(self)
        _check_probabilities(self)
        return self


def _check_endpoint(roles: Roles) -> None:
    followed = [name for name in ("time", "event") if getattr(roles, name) is not None]
    if roles.outcome is not None and followed:
        raise RoleError(
            f"Roles takes either an outcome or a time with an event, but got outcome {shown(roles.outcome)} and "
            f"{followed[0]} {shown(getattr(roles, followed[0]))}; leave one of them out."
        )
    if roles.outcome is None and len(followed) < 2:
        found = f"only {followed[0]}" if followed else "neither"
        raise RoleError(f"Roles needs an outcome column, or both a time and an event column; {found} was given.")
    if roles.outcome is None:
        if roles.positive is not None:
            raise RoleError("'positive' is for a two-level outcome; for a time-to-event outcome name 'event_value'.")
    elif roles.switch_time is not None:
        raise RoleError("'switch_time' is for a time with an event, but the roles name an outcome.")
    elif roles.competing is not None or roles.event_value != "1":
        raise RoleError("'event_value' and 'competing' are for a time with an event, but the roles name an outcome.")
    if roles.competing_as_event and roles.competing is None:
        raise RoleError("'competing_as_event' needs the column of the competing event: name it as 'competing'.")


def _check_responder(roles: Roles) -> None:
    if roles.responder is None:
        return
    if roles.outcome is None or roles.positive is not None:
        raise RoleError(
            "Responders are counted from a measured outcome; this one is a time to an event, or two levels."
        )
    if not roles.higher_is_better:
        raise RoleError(
            "A response is good for the patient, so 'higher_is_better' of the roles stays true; say in the responder "
            "definition whether a larger measured value is."
        )
    before = roles.responder.baseline
    if before is not None and before in {roles.outcome, roles.treatment, roles.id}:
        raise RoleError(
            f"The baseline {shown(before)} of the responder definition has another part already; "
            "choose the column of the same measure before treatment."
        )


def _check_columns_apart(roles: Roles) -> None:
    repeated = [column for column, count in Counter(roles.covariates).items() if count > 1]
    if repeated:
        raise RoleError(f"The covariate {shown(repeated[0])} is listed more than once; list each column once.")
    part_of: dict[str, str] = {}
    for part in ("treatment", "outcome", "time", "event", "competing", "received", "switch_time", "id"):
        column = getattr(roles, part)
        if column is None:
            continue
        if column in part_of:
            raise RoleError(f"The column {shown(column)} cannot be both {part_of[column]} and {part}; choose one part.")
        if column in roles.covariates:
            raise RoleError(
                f"The column {shown(column)} cannot be both {part} and covariate; take it out of the covariates, "
                "which are measured before treatment."
            )
        part_of[column] = part
    part_of.pop(str(roles.id), None)
    others = [("protected attribute", column) for column in roles.protected]
    others += [("propensity", column) for column in (roles.propensity or {}).values()]
    others += [("strata", roles.strata or ""), ("cluster", roles.cluster or "")]
    for part, column in others:
        if column in part_of:
            raise RoleError(f"The column {shown(column)} cannot be both {part_of[column]} and {part}; choose one part.")


def _check_probabilities(roles: Roles) -> None:
    if roles.randomization is None:
        return
    if roles.propensity is not None:
        raise RoleError("Roles takes either 'randomization' or 'propensity', but got both; leave one of them out.")
    if roles.design == "observational":
        raise RoleError(
            "'randomization' is for a randomised design, but the design is observational; use 'propensity'."
        )
    if roles.control not in roles.randomization:
        raise RoleError(f"'randomization' gives no probability for the control arm {shown(roles.control)}.")
    for arm, probability in roles.randomization.items():
        if not 0 < probability < 1:
            raise RoleError(f"'randomization' of arm {shown(arm)} is {probability:g}; it must lie between 0 and 1.")
    total = sum(roles.randomization.values())
    if abs(total - 1) > SUM_TOLERANCE:
        raise RoleError(f"The probabilities of 'randomization' must sum to 1, but sum to {total:.6g}.")


def _sentence(error: ValidationError, fields: tuple[str, ...]) -> str:
    """Return the first problem pydantic found as one sentence."""
    first = error.errors()[0]
    place = [str(part) for part in first["loc"]]
    name = place[0] if place else "Roles"
    if first["type"] == "missing":
        return f"Roles needs '{name}', which was not given."
    if first["type"] == "extra_forbidden":
        return f"Roles has no part called {shown(name)}{closest(name, fields)}."
    if name == "covariates" and first["type"] in {"too_short", "missing"}:
        return "Roles needs at least one covariate: list the baseline columns that may change the effect."
    if first["type"] == "literal_error":
        return f"'{name}' must be {first['ctx']['expected']}, but is {shown(first['input'])}."
    kind = str(type(first["input"]).__name__)
    what = {"covariates": "a list of column names", "protected": "a list of column names"}.get(name, first["msg"])
    found = shown_list([first["input"]]) if isinstance(first["input"], str | int | float) else f"a {kind}"
    return f"'{name}' of the roles was not understood: expected {what}, found {found}."
