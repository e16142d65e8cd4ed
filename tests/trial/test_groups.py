"""The groups that a column of a trial makes."""

import numpy as np
import pandas as pd
import pytest

from ite.errors import SubgroupError
from ite.trial.data import TrialData
from ite.trial.groups import EVERYBODY, groups_of, in_one_cluster
from ite.trial.roles import Roles

pytestmark = pytest.mark.known_truth


def _trial(column: pd.Series) -> TrialData:
    rng = np.random.default_rng(0)
    n = len(column)
    frame = pd.DataFrame({"arm": ["a", "b"] * (n // 2), "outcome": rng.normal(0, 1, n), "marker": column})
    return TrialData.from_frame(frame, Roles(treatment="arm", control="a", outcome="outcome", covariates=("marker",)))


def test_numbers_are_cut_into_thirds_and_missing_is_a_group() -> None:
    values = pd.Series([*np.arange(1.0, 31.0), *[np.nan] * 4])
    found = groups_of(_trial(values), "marker")
    assert found.names[-1] == "missing"
    assert np.bincount(found.of).tolist() == [10, 10, 10, 4]
    assert len(set(found.of[:10])) == 1


def test_few_values_are_groups_as_they_are() -> None:
    found = groups_of(_trial(pd.Series(["north", "south"] * 10)), "marker")
    assert found.names == ("north", "south")


def test_too_many_levels_and_unknown_columns_are_refused() -> None:
    with pytest.raises(SubgroupError, match="has 20 levels"):
        groups_of(_trial(pd.Series([f"site {number}" for number in range(20)])), "marker")
    with pytest.raises(SubgroupError, match="one of marker, but 'colour' was given"):
        groups_of(_trial(pd.Series(["north", "south"] * 10)), "colour")
    assert groups_of(_trial(pd.Series(["north", "south"] * 10)), None).names == (EVERYBODY,)


@pytest.mark.parametrize("highest", [14, 22])
def test_ties_at_the_highest_number_leave_no_group_without_patients(highest: int) -> None:
    values = pd.Series([*np.arange(1.0, 31.0 - highest), *[50.0] * highest])
    found = groups_of(_trial(values), "marker")
    assert np.bincount(found.of, minlength=len(found.names)).min() > 0
    assert found.names[-1].endswith("to 50")
    assert np.bincount(found.of)[-1] >= highest


def test_groups_of_a_single_cluster_are_found() -> None:
    of, cluster = np.array([0, 0, 1, 1, 2]), np.array([5, 5, 5, 7, 7])
    assert in_one_cluster(of, 4, cluster).tolist() == [True, False, True, False]
    assert not in_one_cluster(of, 4, None).any()
