"""Splitting patients into folds."""

import numpy as np

from ite.errors import EstimateError
from ite.trial.data import FloatArray, IntArray


def assign_folds(arm: IntArray, n_folds: int, seed: int, cluster: IntArray | None = None) -> IntArray:
    """Return the fold (0-based) of each patient: random, balanced within each arm, clusters kept whole.

    Parameters
    ----------
    arm, cluster : int array, shape (patients,)

    Raises
    ------
    EstimateError
        Where an arm has fewer patients, or the trial fewer clusters, than folds.
    """
    generator = np.random.default_rng(seed)
    if cluster is not None:
        fold = _folds_of_clusters(cluster, n_folds, generator)
        _require_arms_outside_each_fold(arm, fold)
        return fold
    smallest = int(np.bincount(arm).min())
    if smallest < n_folds:
        raise EstimateError(
            f"Each arm needs at least {n_folds} patients for {n_folds} folds; the smallest has {smallest}. "
            f"Use fewer folds."
        )
    fold = np.empty(len(arm), dtype=np.int64)
    for level in np.unique(arm):
        members = generator.permutation(np.flatnonzero(arm == level))
        fold[members] = np.arange(len(members)) % n_folds
    return fold


def _folds_of_clusters(cluster: IntArray, n_folds: int, generator: np.random.Generator) -> IntArray:
    labels, position = np.unique(cluster, return_inverse=True)
    if len(labels) < n_folds:
        raise EstimateError(
            f"{n_folds} folds need at least as many clusters; {len(labels)} were found. Use fewer folds."
        )
    fold_of_label = np.empty(len(labels), dtype=np.int64)
    fold_of_label[generator.permutation(len(labels))] = np.arange(len(labels)) % n_folds
    folds: IntArray = fold_of_label[position]
    return folds


def _require_arms_outside_each_fold(arm: IntArray, fold: IntArray) -> None:
    """Raise where an arm's patients all lie in one fold: a model without that fold could not learn the arm."""
    for level in np.unique(arm):
        if len(np.unique(fold[arm == level])) == 1:
            raise EstimateError(
                "Each arm needs patients in several clusters; those of one arm all lie in clusters of one fold. "
                "Use more folds, or leave the cluster role out if patients are independent."
            )


def mean_by_fold(values: FloatArray, fold: IntArray) -> FloatArray:
    """Return each patient's fold mean of `values`. Shape (patients,)."""
    size = np.bincount(fold)
    means: FloatArray = (np.bincount(fold, weights=values) / np.maximum(size, 1))[fold]
    return means
