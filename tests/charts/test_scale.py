"""Numbers and units as they are written."""

import numpy as np
import pytest

from ite.charts.ranges import brushed_range, rounded, typed_range
from ite.charts.scale import effect_unit, p_value_words, same_decimals, three_digits

pytestmark = pytest.mark.known_truth


def test_probabilities_are_written_in_percentage_points_and_nothing_else_is() -> None:
    assert effect_unit("difference in the probability of response").label(0.123, 0.05, 0.2) == "12.3 (5.0 to 20.0)"
    assert effect_unit("difference in mean risk_score").label(0.123, 0.05, 0.2) == "0.123 (0.050 to 0.200)"


def test_unit_stands_on_the_axis() -> None:
    unit = effect_unit("difference in the probability of response")
    assert unit.axis_title == "Benefit (difference in the probability of response, percentage points)"
    assert effect_unit("difference in mean risk_score").axis_title == "Benefit (difference in mean risk score)"


@pytest.mark.parametrize(
    ("value", "words"), [(0.0, "0"), (1234.5, "1,234"), (12.34, "12.3"), (-0.01234, "−0.0123"), (np.nan, "unknown")]
)
def test_three_significant_digits(value: float, words: str) -> None:
    assert three_digits(value) == words


def test_the_largest_number_decides_the_decimals_and_zero_has_no_sign() -> None:
    assert same_decimals(np.array([123.4, -0.2])) == ["123", "0"]


@pytest.mark.parametrize(
    ("p_value", "words"),
    [
        (0.0002, "p < 0.001"),
        (0.0432, "p = 0.043"),
        (0.4321, "p = 0.43"),
        (0.0052, "p = 0.0052"),
        (0.0503, "p = 0.0503"),
        (np.nan, "p not available"),
    ],
)
def test_p_values(p_value: float, words: str) -> None:
    assert p_value_words(p_value) == words


def test_brush_is_rounded_outwards_and_kept_on_the_axis() -> None:
    assert rounded(12.3456, 45.678, 0, 100) == (12.0, 46.0)
    assert rounded(-3, 200, 0, 100) == (0, 100)
    assert rounded(0.11111, 0.2222, 0, 1) == (0.11, 0.23)


def test_a_brush_is_read_from_the_event_and_nonsense_is_no_brush() -> None:
    assert brushed_range({"selection": {"brush": {"value": [5, 2]}}}, "brush") == (2, 5)
    for event in (None, {}, {"selection": {}}, {"selection": {"brush": {}}}, {"selection": {"brush": {"value": [1]}}}):
        assert brushed_range(event, "brush") is None
    assert typed_range(["1", "nan"]) is None
    assert typed_range(["a", "2"]) is None
    assert typed_range([2, 2]) is None
