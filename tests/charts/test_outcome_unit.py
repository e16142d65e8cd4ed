"""The unit of an outcome: what is counted, without the words of the scale."""

import pytest

from ite.charts.outcome_unit import outcome_unit
from ite.charts.scale import effect_unit


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("scale", "unit"),
    [
        ("difference in restricted mean recurrence_days up to 1826", "recurrence days"),
        ("difference in mean fev1_change_ml", "fev1 change ml"),
        ("difference in mean time up to walk", "time up to walk"),
        ("difference in the probability of remission", "percentage points"),
        ("log odds", "log odds"),
    ],
)
def test_unit_of_an_outcome(scale: str, unit: str) -> None:
    assert outcome_unit(effect_unit(scale)) == unit
