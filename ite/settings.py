"""What the settings of every step have in common: they are frozen, and what they refuse they refuse in a sentence."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationError, model_validator

from ite.errors import IteError

#: Is in the label of a probability or share: the settings hold fractions, people speak in percent.
_PERCENT = "(%"
#: Kinds of refusal by a bound, with the words before the bound.
_BOUNDS = {"gt": "be greater than", "ge": "be at least", "lt": "be less than", "le": "be at most"}
_LONGEST = 60


class Settings(BaseModel):
    """Settings of a step: frozen, validated, JSON round trip; a value out of range raises the step's own error."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    #: What is raised.
    refusal: ClassVar[type[IteError]] = IteError
    #: How the whole is called where no field is to blame.
    called: ClassVar[str] = "A setting"

    @classmethod
    def label(cls, field: str) -> str:
        """Return what a field is called on the page, with its unit: its title, else its own words."""
        known = cls.model_fields.get(field)
        return known.title if known is not None and known.title else field.replace("_", " ").capitalize()

    @model_validator(mode="wrap")
    @classmethod
    def _explain(cls, given: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(given)
        except ValidationError as error:
            raise cls.refusal(cls._sentence(dict(error.errors()[0]))) from None

    @classmethod
    def _sentence(cls, refused: Mapping[str, Any]) -> str:
        """Return what was expected of a field and what was found, in the words and the unit of the page."""
        field = str(refused["loc"][0]) if refused["loc"] else ""
        label = cls.label(field) if field else cls.called
        if refused["type"] == "missing":
            return f"{label} is needed, but was not given. Give it."
        if refused["type"] == "extra_forbidden":
            return f"A setting '{field}' was given, but there is none of this name here. Leave it out."
        return f"{label} {_wanted(refused, label)}, but {_found(refused, label)} was given."


def _wanted(refused: Mapping[str, Any], label: str) -> str:
    limits = refused.get("ctx", {})
    for kind, words in _BOUNDS.items():
        if kind in limits:
            return f"should {words} {in_unit(label, limits[kind])}"
    message = refused["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return message if message.startswith("should") else f"does not fit: {message[:1].lower()}{message[1:]}"


def _found(refused: Mapping[str, Any], label: str) -> str:
    found = refused["input"]
    if found is None:
        return "nothing"
    if isinstance(found, int | float):
        return in_unit(label, found)
    return f"'{str(found)[:_LONGEST]}'"


def in_unit(label: str, value: float) -> str:
    """Return a number in the unit of its label, such as "2.5" for a share of 0.025 under "Level (%)"."""
    return f"{100.0 * value if _PERCENT in label else value:.6g}"
