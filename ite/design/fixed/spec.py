"""What every setting of a design has in common."""

from typing import Annotated, ClassVar

from pydantic import Field

from ite.design.fixed.field_words import field_words
from ite.errors import DesignError, IteError
from ite.settings import Settings

#: One-sided level of a test.
Alpha = Annotated[float, Field(ge=1e-9, lt=0.5)]
#: Patients in the treatment arm for each control patient.
AllocationRatio = Annotated[float, Field(gt=0, le=10_000)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
#: A probability that is neither sure nor impossible.
Rate = Annotated[float, Field(gt=0, lt=1)]


class DesignSpec(Settings):
    """Settings of a design: frozen, validated, JSON round trip; a value out of range raises `DesignError`."""

    refusal: ClassVar[type[IteError]] = DesignError
    called: ClassVar[str] = "A design"

    @classmethod
    def label(cls, field: str) -> str:
        """Return what a field is called on the page, with its unit."""
        return field_words(field)
