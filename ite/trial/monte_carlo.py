"""The one Monte-Carlo error: how far a mean or a share of draws is from what it would be of endlessly many."""

import numpy as np
import numpy.typing as npt

from ite.trial.columns import FloatArray


def mean_error(values: npt.ArrayLike) -> FloatArray:
    """Return the standard error of the mean over the first axis; NaN of fewer than two draws.

    Parameters
    ----------
    values : array, shape (draws, ...)
    """
    drawn = np.asarray(values, dtype=float)
    if len(drawn) < 2:
        return np.full(drawn.shape[1:], np.nan)
    return np.asarray(drawn.std(axis=0, ddof=1) / np.sqrt(len(drawn)))


def share_error(share: npt.ArrayLike, draws: int) -> FloatArray:
    """Return the standard error of a share of so many draws, sqrt(share (1 - share) / draws); any shape."""
    given = np.asarray(share, dtype=float)
    return np.asarray(np.sqrt(given * (1 - given) / draws))
