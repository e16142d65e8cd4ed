"""How well predicted effects explain patients that they were not fitted on, and what to make of several of them.

Neither loss needs the true effects: up to a part that no prediction can change, both are the mean squared error of the
predicted effects. (The R-loss weights patients by the variance of their treatment.)
"""

import numpy as np
import pandas as pd
from scipy.optimize import nnls

from ite.estimation.learners.held_out_outcomes import HeldOutOutcomes
from ite.estimation.shrinkage import ROUNDING
from ite.trial.data import FloatArray


def candidate_losses(names: tuple[str, ...], effects: FloatArray, left: HeldOutOutcomes) -> pd.DataFrame:
    """Return each candidate's losses, and how far its DR-loss lies above the smallest.

    Parameters
    ----------
    names : tuple of str
    effects : array, shape (patients, candidates)
        Out-of-fold predictions.
    left : HeldOutOutcomes

    Returns
    -------
    DataFrame, one row per candidate
        candidate, dr_loss, r_loss, above (DR-loss less the smallest one), se (of that difference over patients, which
        does not know that the folds share patients: a yardstick for choosing, not a test).

    Source: Nie & Wager 2021 (R-loss); Saito & Yasui 2020, ICML (DR-loss as a criterion); Breiman et al. 1984, section
    3.4.3 (one standard error).
    """
    by_patient = (left.score[:, None] - effects) ** 2
    residual = left.outcome_residual[:, None] - left.treatment_residual[:, None] * effects
    mean = by_patient.mean(axis=0)
    above = by_patient - by_patient[:, [int(np.argmin(mean))]]
    return pd.DataFrame(
        {
            "candidate": names,
            "dr_loss": mean,
            "r_loss": (residual**2).mean(axis=0),
            "above": above.mean(axis=0),
            "se": above.std(axis=0, ddof=1) / np.sqrt(len(above)),
        }
    )


def simplest_within_one_error(losses: pd.DataFrame) -> str:
    """Return the first candidate, from simple to complex, whose loss lies within one standard error of the smallest."""
    good = losses["above"].to_numpy() <= losses["se"].to_numpy()
    return str(losses["candidate"].to_numpy()[int(np.argmax(good))])


def stacking_weights(effects: FloatArray, score: FloatArray) -> FloatArray:
    """Return the non-negative weights whose sum of predictions comes closest to the scores, shape (candidates,).

    Predictions and scores are centred, so that what is weighted is the spread; weights may sum to less than 1, which
    shrinks it. A candidate that predicts one common effect has weight 0.

    Source: Breiman 1996, Mach Learn 24:49-64.
    """
    spread = np.ptp(effects, axis=0) > ROUNDING * float(score.std())
    weights = np.zeros(effects.shape[1])
    if spread.any():
        some = effects[:, spread]
        weights[spread] = nnls(some - some.mean(axis=0), score - score.mean())[0]
    return weights
