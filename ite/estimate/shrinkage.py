"""How much of the predicted spread held-out patients support."""

import numpy as np

from ite.trial.data import FloatArray, IntArray


def shrinkage_factor(scores: FloatArray, ranking: FloatArray, fold: IntArray) -> float:
    """Return provisional factor."""
    c = ranking - ranking.mean()
    ss = float(c @ c)
    if ss == 0:
        return 0.0
    s = float(c @ scores) / ss
    return float(np.clip(s, 0, 1))
