"""How predicted effects compare with the truth, and how much of their spread is noise."""

import numpy as np
import numpy.typing as npt
from scipy import stats


def rank_correlation(predicted: npt.ArrayLike, true: npt.ArrayLike) -> float:
    """Return Spearman's correlation of predicted and true effects, NaN where either is constant: there is no ranking.

    Tied values share their average rank.

    Parameters
    ----------
    predicted, true : array, shape (patients,)
        Predicted and true effects.
    """
    ranks = np.stack([stats.rankdata(np.asarray(values, dtype=float)) for values in (predicted, true)])
    if (np.ptp(ranks, axis=1) == 0).any():
        return float("nan")
    return float(np.corrcoef(ranks)[0, 1])


def effect_variance(estimate: npt.ArrayLike, se: npt.ArrayLike) -> float:
    """Return the variance of the true effects behind noisy estimates, by the method of moments; at least 0.

    Sample variance of the estimates minus their mean squared standard error.

    Parameters
    ----------
    estimate, se : array, shape (groups,)
        Independent estimates and their standard errors.
    """
    noise = float(np.mean(np.asarray(se, dtype=float) ** 2))
    return max(float(np.var(np.asarray(estimate, dtype=float), ddof=1)) - noise, 0.0)
