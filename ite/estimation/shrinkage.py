"""How much of the predicted spread held-out patients support."""

import numpy as np

from ite.trial.data import FloatArray, IntArray

#: Penalty on a slope that is not well determined; chosen by benchmarks/learner_comparison.py (RESULTS.md).
_CAUTION = 0.5
#: Predictions closer than this share of the SD of the scores are the same.
ROUNDING = 1e-9


def shrinkage_factor(scores: FloatArray, ranking: FloatArray, cluster: IntArray | None = None) -> float:
    """Share of the spread of held-out predictions that the scores support, in [0, 1].

    factor = clip(s * max(0, 1 - c / z^2), 0, 1), with s the slope of the scores on the held-out predictions, z the
    slope in standard errors and c = 0.5. It sets the *magnitude* of what is shown, nothing else: pooling over folds
    makes z unfit for a test (it is negative on average where the effect is constant, which here only adds caution), so
    every interval and verdict comes from sequential folds instead. The slope over sequential folds would shrink by what
    half of the data support, and was measured to lose more than half of the gain over the common effect.

    Parameters
    ----------
    scores, ranking : array, shape (patients,)
    cluster : array of int, shape (patients,), optional

    Returns
    -------
    float
        0 for a constant ranking or a slope that is not positive.
    """
    if np.ptp(ranking) <= ROUNDING * float(scores.std()):
        return 0.0
    centred = ranking - ranking.mean()
    total = float(centred @ centred)
    slope = float(centred @ scores) / total
    if slope <= 0.0:
        return 0.0
    residual = centred * (scores - scores.mean() - slope * centred)
    parts = residual if cluster is None else np.bincount(cluster, weights=residual)
    inverse_z_squared = float(parts @ parts) / (slope * total) ** 2
    return float(np.clip(slope * max(0.0, 1.0 - _CAUTION * inverse_z_squared), 0.0, 1.0))
