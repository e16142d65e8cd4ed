"""Settings refuse in sentences."""

from typing import ClassVar

import pytest
from pydantic import Field, ValidationError

from ite.errors import AllocationError, IteError
from ite.settings import Settings

pytestmark = pytest.mark.known_truth


class Dose(Settings):
    """Settings of an example."""

    refusal: ClassVar[type[IteError]] = AllocationError
    daily_milligrams: float = Field(gt=0)
    share: float = Field(default=0.5, le=1, title="Share treated (%)")


def test_a_value_out_of_bounds_names_the_bound_and_what_was_found() -> None:
    with pytest.raises(AllocationError, match=r"^Daily milligrams should be greater than 0, but -3 was given\.$"):
        Dose(daily_milligrams=-3)


def test_a_share_is_refused_in_percent() -> None:
    with pytest.raises(AllocationError, match=r"^Share treated \(%\) should be at most 100, but 140 was given\.$"):
        Dose(daily_milligrams=1, share=1.4)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Daily milligrams is needed, but was not given"),
        ({"daily_milligrams": 1, "colour": 2}, "A setting 'colour' was given, but there is none of this name here"),
        ({"daily_milligrams": None}, "but nothing was given"),
        ({"daily_milligrams": "much"}, "but 'much' was given"),
    ],
)
def test_other_refusals_are_sentences_too(given: dict[str, object], sentence: str) -> None:
    with pytest.raises(AllocationError, match=sentence):
        Dose.model_validate(given)


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        Dose(daily_milligrams=1).share = 0.2  # type: ignore[misc]
