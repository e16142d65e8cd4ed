"""Shares of draws in words: never certain, and as precise as their error."""

import pytest

from ite.charts.reading_value_chance import chance_words


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("share", "error", "words"),
    [
        (0.0, 0.0, "< 0.1 %"),
        (1.0, 0.0, "> 99.9 %"),
        (0.9992, 0.0003, "99.92 % ± 0.03 %"),
        (0.5, None, "50.0 %"),
    ],
)
def test_share_of_draws(share: float, error: float | None, words: str) -> None:
    assert chance_words(share, error) == words
