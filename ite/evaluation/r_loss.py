"""The R-loss: how well predicted effects explain what is left of the outcome after its mean."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class RLoss(NamedTuple):
    """Loss of the prediction, the best constant effect, and the score relative to that constant (1 is perfect)."""

    loss: float
    best_constant: float
    score: float


def r_loss(outcome_residual: npt.ArrayLike, treatment_residual: npt.ArrayLike, effect: npt.ArrayLike) -> RLoss:
    """Return the R-loss of predicted effects and compare it with that of the best constant effect.

    loss = mean of (outcome residual - effect * treatment residual)^2. The score is 0 for the best constant, negative
    for a prediction that is worse than telling everyone the same, and NaN where that constant leaves no loss.

    Parameters
    ----------
    outcome_residual, treatment_residual, effect : array, shape (patients,)
        Outcome and treatment minus their cross-fitted means, and the out-of-fold predicted effect.

    Source: Nie & Wager 2021, Biometrika 108:299-319.
    """
    outcome, treatment, predicted = (
        np.asarray(values, dtype=float) for values in (outcome_residual, treatment_residual, effect)
    )
    best = float((outcome * treatment).sum() / (treatment**2).sum())
    loss = float(np.mean((outcome - predicted * treatment) ** 2))
    loss_of_best = float(np.mean((outcome - best * treatment) ** 2))
    return RLoss(loss, best, 1 - loss / loss_of_best if loss_of_best > 0 else float("nan"))
