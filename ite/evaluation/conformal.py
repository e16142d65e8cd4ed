"""Split conformal prediction: the quantile that makes an interval cover."""

import math

import numpy as np
import numpy.typing as npt


def conformal_quantile(scores: npt.ArrayLike, alpha: float) -> float:
    """Return the ceil((n + 1)(1 - alpha))-th smallest conformity score, infinite where there are too few scores for it.

    An interval of that half-width around a prediction covers a new patient with probability at least 1 - alpha.

    Parameters
    ----------
    scores : array, shape (patients,)
        Conformity scores of patients that the model was not fitted on.
    alpha : float
        Chance of missing.

    Source: Lei et al. 2018, J Am Stat Assoc 113:1094-1111.
    """
    ordered = np.sort(np.asarray(scores, dtype=float))
    # (n + 1)(1 - alpha) of 10 and 0.2 is 8 and a rounding error; without the small allowance its ceiling would be 9.
    rank = math.ceil((len(ordered) + 1) * (1 - alpha) - 1e-9)
    return float(ordered[max(rank, 1) - 1]) if rank <= len(ordered) else math.inf
