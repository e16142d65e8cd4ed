"""Folds: balanced, seeded, clusters whole."""

import numpy as np
import pytest

from ite.errors import EstimateError
from ite.estimation.folds import assign_folds, mean_by_fold


@pytest.mark.known_truth
@pytest.mark.parametrize("folds", [3, 5, 20])
def test_folds_are_balanced_within_each_arm(folds: int) -> None:
    arm = np.random.default_rng(1).choice(3, size=400, p=[0.5, 0.4, 0.1])
    fold = assign_folds(arm, folds, seed=4)
    for level in range(3):
        sizes = np.bincount(fold[arm == level], minlength=folds)
        assert sizes.max() - sizes.min() <= 1


@pytest.mark.known_truth
def test_the_seed_decides() -> None:
    arm = np.arange(100) % 2
    np.testing.assert_array_equal(assign_folds(arm, 5, seed=4), assign_folds(arm, 5, seed=4))
    assert (assign_folds(arm, 5, seed=4) != assign_folds(arm, 5, seed=5)).any()


@pytest.mark.known_truth
def test_clusters_are_kept_whole() -> None:
    cluster = np.repeat(np.arange(23), 7)
    fold = assign_folds(np.arange(161) % 2, 5, seed=0, cluster=cluster)
    assert all(len(np.unique(fold[cluster == label])) == 1 for label in range(23))
    np.testing.assert_array_equal(np.unique(fold), np.arange(5))


@pytest.mark.known_truth
def test_too_few_patients_or_clusters_are_named() -> None:
    with pytest.raises(EstimateError, match=r"at least 5 patients for 5 folds; the smallest has 4"):
        assign_folds(np.repeat([0, 1], [50, 4]), 5, seed=0)
    with pytest.raises(EstimateError, match=r"5 folds need at least as many clusters; 3 were found"):
        assign_folds(np.arange(30) % 2, 5, seed=0, cluster=np.arange(30) % 3)


@pytest.mark.known_truth
def test_mean_by_fold() -> None:
    np.testing.assert_allclose(mean_by_fold(np.array([1.0, 3.0, 10.0]), np.array([0, 0, 2])), [2.0, 2.0, 10.0])
