"""Checks of rows and cells."""

import numpy as np
import pytest

from tests.trial.flawed import N, change, clean_frame, finding, trial_of


@pytest.mark.known_truth
def test_duplicated_ids_and_rows() -> None:
    twice = finding(trial_of(change("id", [2, 8], "P50")), "Duplicates")
    assert (twice.light, twice.rows, twice.columns) == ("red", (2, 8, 50), ("id",))
    assert "'P50'" in twice.sentence
    frame = clean_frame()
    frame.loc[9, frame.columns != "id"] = frame.loc[3, frame.columns != "id"]
    equal = finding(trial_of(frame), "Equal rows")
    assert (equal.light, equal.rows) == ("amber", (3, 9))


@pytest.mark.known_truth
def test_impossible_values_and_codes_for_missing() -> None:
    old = finding(trial_of(change("age", [12], 430.0)), "Impossible values")
    assert (old.light, old.rows, old.columns) == ("red", (12,), ("age",))
    assert "'430'" in old.sentence
    frame = clean_frame().assign(nodes=np.arange(N) % 9)
    frame.loc[[1, 5], "nodes"] = -4
    found = finding(trial_of(frame, covariates=("age", "nodes")), "Impossible values")
    assert (found.light, found.rows) == ("amber", (1, 5))
    coded = finding(trial_of(change("marker", [7, 30], -99.0)), "Codes for missing")
    assert (coded.light, coded.rows, coded.columns) == ("amber", (7, 30), ("marker",))
    assert "'marker' (-99)" in coded.sentence
