"""Figures in words: an unknown is a dash, an error keeps its first digit, and thousands are parted."""

import math

import pytest

from ite.charts.number_words import UNKNOWN, amount, measured, percent_words, share_words

pytestmark = pytest.mark.known_truth


@pytest.mark.parametrize(
    ("share", "error", "words"),
    [
        (0.5431, 0.00497, "54.3 % ± 0.5 %"),
        (0.901, None, "90.1 %"),
        (0.99921, 0.00028, "99.92 % ± 0.03 %"),
        (0.0, 0.0, "0.0 %"),
        (math.nan, math.nan, UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_shares(share: float | None, error: float | None, words: str) -> None:
    assert percent_words(share, error) == words


@pytest.mark.parametrize(("share", "words"), [(0.025, "2.5 %"), (0.75, "75 %"), (1 / 3, "33.33 %")])
def test_typed_shares(share: float, words: str) -> None:
    assert share_words(share) == words


@pytest.mark.parametrize(
    ("value", "error", "decimals", "words"),
    [
        (1251.3, 0.47, 0, "1,251 ± 0.5"),
        (300.0, 0.0, 0, "300"),
        (41651.7, None, 0, "41,652"),
        (14.23, 0.031, 1, "14.2 ± 0.03"),
        (2512345.4, 4687.2, 0, "2,512,345 ± 4,687"),
        (-13.0, None, 0, "−13"),
        (None, None, 0, UNKNOWN),
        (math.nan, 1.0, 0, UNKNOWN),
    ],
)
def test_amounts(value: float | None, error: float | None, decimals: int, words: str) -> None:
    assert amount(value, error, decimals) == words


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        (0.01312, 0.00098, "0.0131 ± 0.0010"),
        (0.01312, 0.0012, "0.013 ± 0.001"),
        (-13.4, 2.2, "−13 ± 2"),
        (0.4, None, "0.400"),
        (0.0, 0.0, "0"),
        (None, None, UNKNOWN),
    ],
)
def test_estimates(value: float | None, error: float | None, words: str) -> None:
    assert measured(value, error) == words
