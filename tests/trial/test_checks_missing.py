"""Checks of what is missing, and of levels seen in one arm only."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ite.trial.checks_missing import missing_by_arm_p_value
from tests.trial.flawed import change, clean_frame, finding, trial_of


@pytest.mark.known_truth
def test_missing_outcomes_are_counted_by_arm() -> None:
    frame = clean_frame()
    lost = frame.index[frame["arm"] == "active"][:20]
    found = finding(trial_of(change("y", list(lost), None)), "Missing outcomes")
    assert found.light == "amber"
    assert found.rows == tuple(lost)
    assert "20 of 200 patients, 10 % (control 0, active 20), more in one arm than chance explains" in found.sentence
    both = finding(trial_of(change("y", list(range(10)), None)), "Missing outcomes")
    assert "chance" not in both.sentence
    assert finding(trial_of(change("y", list(range(120)), None)), "Missing outcomes").light == "red"


@pytest.mark.known_truth
def test_missing_covariates_by_arm_and_mostly_missing() -> None:
    frame = clean_frame()
    lost = list(frame.index[frame["arm"] == "active"][:25])
    found = finding(trial_of(change("marker", lost, np.nan)), "Missing by arm")
    assert (found.light, found.columns, found.rows) == ("amber", ("marker",), tuple(lost))
    mostly = finding(trial_of(change("marker", list(range(110)), np.nan)), "Missing covariates")
    assert (mostly.light, mostly.columns) == ("amber", ("marker",))
    some = finding(trial_of(change("marker", [1, 2], np.nan)), "Missing covariates")
    assert some.light == "green"
    assert "'marker' (1 %)" in some.sentence


@pytest.mark.independent
@given(st.lists(st.booleans(), min_size=30, max_size=30))
def test_missingness_is_tested_by_fisher_in_two_arms(pattern: list[bool]) -> None:
    frame = clean_frame().head(30)
    trial, missing = trial_of(frame), np.array(pattern)
    treated = trial.arm_index == 1
    table = [
        [(missing & treated).sum(), (missing & ~treated).sum()],
        [(~missing & treated).sum(), (~missing & ~treated).sum()],
    ]
    expected = 1.0 if missing.all() or not missing.any() else stats.fisher_exact(table)[1]
    assert missing_by_arm_p_value(missing, trial) == pytest.approx(expected)


@pytest.mark.known_truth
def test_levels_of_one_arm_name_their_patients() -> None:
    frame = clean_frame()
    rows = list(frame.index[frame["arm"] == "active"][:3])
    found = finding(trial_of(change("sex", rows, "unknown")), "Levels in every arm")
    assert (found.light, found.columns, found.rows) == ("amber", ("sex",), tuple(rows))
    assert "'unknown'" in found.sentence
