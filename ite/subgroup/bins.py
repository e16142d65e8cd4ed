"""Patients put into bins along an axis, and how the bins' totals vary under random multipliers."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from ite.trial.data import BoolArray, FloatArray, IntArray

BINS = 100


@dataclass(frozen=True, kw_only=True, eq=False)
class BinnedScores:
    """Totals of the scores in each bin of an axis.

    Attributes
    ----------
    n, treated, control : int arrays, shape (bins,)
        Patients, and those of the two arms compared.
    total : array, shape (bins,)
        Sum of the standardised scores.
    cuts : int
        Distinct values on the axis: places where a slice could end.
    root : array, shape (2 bins, 2 bins)
        Symmetric root of the covariance of the multiplied totals: scores in the first half, counts in the second.
    """

    n: IntArray
    treated: IntArray
    control: IntArray
    total: FloatArray
    cuts: int
    root: FloatArray


def bin_axis(values: FloatArray, bins: int = BINS) -> tuple[IntArray, FloatArray, int]:
    """Bin of each value, upper edge of each bin, and number of distinct values.

    A bin per distinct value where these are few, else quantiles. A bin is above the edge before it, up to and including
    its own; equal values share a bin.
    """
    edges = np.unique(values)
    cuts = len(edges)
    if cuts > bins:
        edges = np.unique(np.quantile(values, np.arange(1, bins + 1) / bins, method="inverted_cdf"))
    return np.searchsorted(edges, values, side="left").astype(np.int64), edges, cuts


def bin_scores(
    values: FloatArray,
    scores: FloatArray,
    treated: BoolArray,
    control: BoolArray,
    cluster: IntArray | None = None,
    *,
    grouped: bool = False,
) -> BinnedScores:
    """Sum scores and patients in bins of the axis; clusters, where there are any, share one multiplier.

    `grouped` values are codes of levels: each its own bin, however many.
    """
    codes, edges, cuts = bin_axis(values, len(values) if grouped else BINS)
    bins = len(edges)
    centred = (scores - scores.mean()) / (float(scores.std()) or 1.0)
    n = np.bincount(codes, minlength=bins)
    total: FloatArray = np.bincount(codes, weights=centred, minlength=bins).astype(np.float64)
    return BinnedScores(
        n=n,
        treated=np.bincount(codes[treated], minlength=bins),
        control=np.bincount(codes[control], minlength=bins),
        total=total,
        cuts=cuts,
        root=_root(_covariance(codes, centred, bins, cluster)),
    )


def _covariance(codes: IntArray, centred: FloatArray, bins: int, cluster: IntArray | None) -> FloatArray:
    if cluster is None:
        square, total, count = (
            np.diag(np.bincount(codes, weights=weights, minlength=bins))
            for weights in (centred**2, centred, np.ones_like(centred))
        )
        return np.block([[square, total], [total, count]])
    _, row = np.unique(cluster, return_inverse=True)
    rows, columns = np.concatenate([row, row]), np.concatenate([codes, codes + bins])
    entries = np.concatenate([centred, np.ones_like(centred)])
    sums = csr_matrix((entries, (rows, columns)), shape=(int(row.max()) + 1, 2 * bins))
    return np.asarray((sums.T @ sums).toarray(), dtype=float)


def _root(covariance: FloatArray) -> FloatArray:
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T, dtype=float)
