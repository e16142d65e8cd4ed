"""What every setting of a design has in common: it is frozen, and what it refuses it refuses in a sentence."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import ErrorDetails

from ite.design.fixed.field_words import field_words, in_field_unit
from ite.errors import DesignError

#: One-sided level of a test.
Alpha = Annotated[float, Field(ge=1e-9, lt=0.5)]
#: Patients in the treatment arm for each control patient.
AllocationRatio = Annotated[float, Field(gt=0, le=10_000)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
#: A probability that is neither sure nor impossible.
Rate = Annotated[float, Field(gt=0, lt=1)]

#: Kinds of refusal by a bound, with the words before the bound.
_BOUNDS = {"gt": "be greater than", "ge": "be at least", "lt": "be less than", "le": "be at most"}
_LONGEST = 60


class DesignSpec(BaseModel):
    """Settings of a design: frozen, validated, JSON round trip; a value out of range raises `DesignError`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="wrap")
    @classmethod
    def _explain(cls, given: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(given)
        except ValidationError as error:
            raise DesignError(_sentence(error.errors()[0])) from None


def _sentence(refused: ErrorDetails) -> str:
    """Return what was expected of a field and what was found, in the words and the unit of the page."""
    field = str(refused["loc"][0]) if refused["loc"] else ""
    label = field_words(field) if field else "A design"
    if refused["type"] == "missing":
        return f"{label} is needed, but was not given. Give it."
    if refused["type"] == "extra_forbidden":
        return f"A setting '{field}' was given, but there is none of this name here. Leave it out."
    return f"{label} {_wanted(refused, field)}, but {_found(refused, field)} was given."


def _wanted(refused: ErrorDetails, field: str) -> str:
    limits = refused.get("ctx", {})
    for kind, words in _BOUNDS.items():
        if kind in limits:
            return f"should {words} {in_field_unit(field, limits[kind])}"
    message = refused["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return message if message.startswith("should") else f"does not fit: {message[:1].lower()}{message[1:]}"


def _found(refused: ErrorDetails, field: str) -> str:
    found = refused["input"]
    if found is None:
        return "nothing"
    if isinstance(found, int | float):
        return in_field_unit(field, found)
    return f"'{str(found)[:_LONGEST]}'"
