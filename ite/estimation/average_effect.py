"""The average effect: the mean score."""

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from ite.trial.data import FloatArray, IntArray
from ite.trial.normal import NORMAL_975


def average_effects(scores: pd.DataFrame, cluster: IntArray | None) -> pd.DataFrame:
    """Mean score of each treated arm with its 95 % interval.

    With clusters, the variance is that of cluster sums, and the interval is that of a t distribution with one degree of
    freedom fewer than there are clusters: it is they that were sampled.

    Source: Liang & Zeger 1986, Biometrika 73:13-22; Donald & Lang 2007, Review of Economics and Statistics 89:221-233.
    """
    rows = {arm: mean_with_se(scores[arm].to_numpy(), cluster) for arm in scores.columns}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["estimate", "se"])
    table.index.name = "arm"
    half_width = critical_value(cluster) * table["se"]
    return table.assign(lower=table["estimate"] - half_width, upper=table["estimate"] + half_width)


def critical_value(cluster: IntArray | None) -> float:
    """Return how many standard errors a 95 % interval reaches: the normal quantile, with clusters that of t."""
    degrees = cluster_degrees(cluster)
    return NORMAL_975 if degrees is None else float(stdtrit(degrees, 0.975))


def cluster_degrees(cluster: IntArray | None) -> int | None:
    """Return the degrees of freedom of a clustered standard error, clusters minus 1; None without clusters."""
    return None if cluster is None else len(np.unique(cluster)) - 1


def mean_with_se(values: FloatArray, cluster: IntArray | None) -> tuple[float, float]:
    """Return the mean and its standard error; with clusters, from the variance of cluster sums."""
    deviation = values - values.mean()
    parts = deviation if cluster is None else np.bincount(cluster, weights=deviation)
    variance = float(np.sum(parts**2)) * len(parts) / (len(parts) - 1) / len(values) ** 2
    return float(values.mean()), float(np.sqrt(variance))
