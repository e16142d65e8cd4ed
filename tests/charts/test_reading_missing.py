"""The sentence about missing outcomes: agreement and disagreement about no effect."""

import pandas as pd
import pytest

from ite.charts.reading_missing import missing_sentence
from ite.charts.scale import effect_unit

pytestmark = pytest.mark.known_truth
UNIT = effect_unit("difference in mean score")


@pytest.mark.parametrize(
    ("lower", "words"),
    [(0.2, "All three lead to the same reading"), (-0.1, "hangs on how missing outcomes are treated")],
)
def test_the_three_are_said_to_agree_only_where_they_do(lower: float, words: str) -> None:
    table = pd.DataFrame(
        {
            "arm": "active",
            "method": ["weighted", "imputed", "complete cases"],
            "estimate": [1.0, 1.1, 0.9],
            "lower": [0.2, 0.3, lower],
            "upper": [1.8, 1.9, 1.7],
        }
    )
    sentence = missing_sentence(table, UNIT, "active")
    assert words in sentence
    assert "imputed 1.10 (0.30 to 1.90)" in sentence
