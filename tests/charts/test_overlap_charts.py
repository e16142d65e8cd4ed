"""Charts and sentences of observational data: true to their numbers."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from ite.charts.overlap import love_plot, overlap_chart
from ite.charts.reading_overlap import balance_sentence, weights_sentence
from ite.charts.theme import alt_text

pytestmark = pytest.mark.known_truth
BALANCE = pd.DataFrame(
    {
        "covariate": ["age", "sex", "flat"],
        "level": ["", "F", ""],
        "before": [-0.62, 0.3, np.nan],
        "after": [0.04, -0.12, np.nan],
    }
)
WEIGHTS = pd.DataFrame(
    {"patients": [300.0, 200.0], "effective": [210.4, 150.0], "largest_weight": [7.0, 9.46], "at_bound": [0.0, 0.031]},
    index=["usual", "new"],
)
BINS = pd.DataFrame(
    {
        "arm": ["usual"] * 2 + ["new"] * 2,
        "lower": [0.0, 0.5] * 2,
        "upper": [0.5, 1.0] * 2,
        "share": [0.8, 0.2, 0.2, 0.8],
    }
)


def drawn_rows(chart: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - an Altair chart
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def test_the_love_plot_shows_both_differences_of_each_covariate_that_has_one() -> None:
    chart = love_plot(BALANCE, "new", "usual")
    points = {(row["row"], row["when"]): row["difference"] for row in drawn_rows(chart) if "when" in row}
    assert points == {
        ("age", "before weighting"): -0.62,
        ("sex: F", "before weighting"): 0.3,
        ("age", "after weighting"): 0.04,
        ("sex: F", "after weighting"): -0.12,
    }
    assert "age -0.62 to 0.04" in alt_text(chart)


def test_the_sentence_counts_what_differs_and_names_what_is_left() -> None:
    words = balance_sentence(BALANCE)
    assert words.startswith("Of 2 covariates and levels 2 differ by more than 0.1 standard deviations before weighting")
    assert "1 after it; most of all then sex (F), by 0.12" in words


def test_the_overlap_chart_holds_the_share_of_each_bin() -> None:
    chart = overlap_chart(BINS, "new", ("usual", "new"))
    steps = [row for row in drawn_rows(chart) if row["arm"] == "new"]
    assert [(row["lower"], row["share"]) for row in steps] == [(0.0, 0.2), (0.5, 0.8), (1.0, 0.8)]
    assert "usual: half of the patients between 0% and 50%; new: half of the patients between 50% and 100%" in alt_text(
        chart
    )


def test_the_sentence_says_what_weighting_costs_and_who_was_analysed() -> None:
    words = weights_sentence(WEIGHTS, "new", "usual", "500 of 620 patients who could have had either arm")
    assert words.startswith("Analysed are the 500 of 620 patients who could have had either arm. ")
    assert "200 patients of new tell as much as 150 and 300 patients of usual tell as much as 210" in words
    assert "one patient of new stands for 9.5" in words
    assert "The probability of 6 of them was held at its least value" in words
