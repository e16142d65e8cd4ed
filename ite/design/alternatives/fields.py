"""Fields of a design that lie within bounds: what lies outside is refused, with the nearest value that is possible."""

import math
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from ite.design.fixed.field_words import field_words, in_field_unit
from ite.errors import DesignError

SMALL = 1e-6


def within(low: float, high: float) -> AfterValidator:
    """Return the check of a field that lies between two numbers, both included; it raises `DesignError`."""

    def check(value: float, info: ValidationInfo) -> float:
        if low <= value <= high:
            return value
        name = info.field_name or "the value"
        least, most, found = (in_field_unit(name, number) for number in (low, high, value))
        raise DesignError(
            f"{field_words(name)} must lie between {least} and {most}; found "
            f"{'no number' if math.isnan(value) else found}. The nearest possible value is "
            f"{most if value > high else least}."
        )

    return AfterValidator(check)


Share = Annotated[float, within(SMALL, 1.0)]
InnerShare = Annotated[float, within(SMALL, 1 - SMALL)]
Probability = Annotated[float, within(0.0, 1.0)]
Positive = Annotated[float, within(1e-9, 1e9)]
Real = Annotated[float, within(-1e9, 1e9)]
NotNegative = Annotated[float, within(0.0, 1e9)]
Count = Annotated[int, within(1, 10_000_000)]
Trials = Annotated[int, within(100, 10_000_000)]
Alpha = Annotated[float, within(SMALL, 0.5)]
