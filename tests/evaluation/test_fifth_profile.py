"""Covariates of the top and the bottom fifth of predicted benefit."""

import numpy as np
import pandas as pd
import pytest

from ite.evaluation.described_covariates import described_columns
from ite.evaluation.fifth_profile import fifth_profile
from ite.evaluation.held_out_fifths import held_out_fifths
from tests.evaluation.by_hand import ARM, at_most, by_hand


@pytest.mark.independent
def test_means_are_those_of_the_patients_of_the_fifths() -> None:
    trial, effects = by_hand(200, 1, slope=2.0)
    fifths = held_out_fifths(effects, ARM)
    assert fifths is not None
    table = fifth_profile(trial, effects, ARM).set_index("covariate")
    x = trial.covariates["x0"].to_numpy(float)[fifths.rows]
    top = np.average(x, weights=fifths.weights[:, 4])
    assert table.loc["x0", "top"] == pytest.approx(top)
    assert table.loc["x0", "difference"] == pytest.approx(top - np.average(x, weights=fifths.weights[:, 0]))
    assert table.loc["x0", "standardised"] == pytest.approx(
        table.loc["x0", "difference"] / trial.covariates["x0"].std(ddof=0)
    )
    assert table.index[0] == "x0"
    assert table.loc["x0", "lower"] > 0


@pytest.mark.known_truth
def test_a_ranking_unrelated_to_the_covariates_differs_in_none_of_them() -> None:
    """In at most 5 of 100 trials any of three intervals misses 0, where patients are ranked by something else."""
    missed = 0
    for seed in range(300):
        trial, effects = by_hand(200, seed)
        other = np.random.default_rng([seed, 2]).standard_normal(200)
        effects.sequential[ARM] = np.where(effects.fold > 0, other, np.nan)
        table = fifth_profile(trial, effects, ARM)
        missed += bool(((table["lower"] > 0) | (table["upper"] < 0)).any())
    assert at_most(missed, 300, 0.05)
    assert missed > 0


@pytest.mark.known_truth
def test_categories_are_described_level_by_level() -> None:
    frame = pd.DataFrame(
        {
            "number": [1.0, np.nan] * 20,
            "same": [2.0] * 40,
            "two": pd.Categorical(["a"] * 28 + ["b"] * 12),
            "three": pd.Categorical(["a"] * 12 + ["b"] * 13 + [None] * 10 + ["rare"] * 5),
        }
    )
    frame.loc[0, "number"] = 5.0
    columns = described_columns(frame)
    assert [(column.covariate, column.level) for column in columns] == [
        ("number", None),
        ("two", "b"),
        ("three", "b"),
        ("three", "a"),
        ("three", "missing"),
    ]
    assert np.isnan(columns[0].numbers).sum() == 20
    assert [column.numbers.sum() for column in columns[1:]] == [12, 13, 12, 10]


@pytest.mark.known_truth
def test_nobody_ranked_gives_an_empty_profile() -> None:
    trial, effects = by_hand(200, 4, constant=True)
    assert fifth_profile(trial, effects, ARM).empty
