"""What every setting of a design has in common: it is frozen, and what it refuses it refuses in a sentence."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ModelWrapValidatorHandler, ValidationError, model_validator

from ite.errors import DesignError

#: One-sided level of a test.
Alpha = Annotated[float, Field(ge=1e-9, lt=0.5)]
#: Patients in the treatment arm for each control patient.
AllocationRatio = Annotated[float, Field(gt=0, le=10_000)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
#: A probability that is neither sure nor impossible.
Rate = Annotated[float, Field(gt=0, lt=1)]


class DesignSpec(BaseModel):
    """Settings of a design: frozen, validated, JSON round trip; a value out of range raises `DesignError`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="wrap")
    @classmethod
    def _explain(cls, given: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(given)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"]) or "the settings"
            wanted = first["msg"].removeprefix("Value error, ").removeprefix("Input ")
            raise DesignError(f"{cls.__name__}: {field} {wanted}, but {first['input']!r} was given.") from None
