"""The average effect: the mean score."""

import numpy as np
import pandas as pd

from ite.trial.data import FloatArray, IntArray
from ite.trial.normal import NORMAL_975


def average_effects(scores: pd.DataFrame, cluster: IntArray | None) -> pd.DataFrame:
    """Mean score of each treated arm with its 95 % interval; with clusters, the variance is that of cluster sums."""
    rows = {arm: mean_with_se(scores[arm].to_numpy(), cluster) for arm in scores.columns}
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["estimate", "se"])
    table.index.name = "arm"
    half_width = NORMAL_975 * table["se"]
    return table.assign(lower=table["estimate"] - half_width, upper=table["estimate"] + half_width)


def mean_with_se(values: FloatArray, cluster: IntArray | None) -> tuple[float, float]:
    """Return the mean and its standard error; with clusters, from the variance of cluster sums."""
    deviation = values - values.mean()
    parts = deviation if cluster is None else np.bincount(cluster, weights=deviation)
    variance = float(np.sum(parts**2)) * len(parts) / (len(parts) - 1) / len(values) ** 2
    return float(values.mean()), float(np.sqrt(variance))
