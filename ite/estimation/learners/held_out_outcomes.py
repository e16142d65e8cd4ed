"""Outcome models inside a training fold, each used only for patients that it was not fitted on."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ite.estimation.folds import assign_folds
from ite.estimation.learners.protocol import TrainingFold
from ite.estimation.outcome_model import CANDIDATES, NuisanceFold, best_candidate, predict_outcomes
from ite.trial.data import FloatArray

_FOLDS = 5


@dataclass(frozen=True, kw_only=True, eq=False)
class HeldOutOutcomes:
    """What R- and DR-learners regress on; arrays of shape (patients,).

    Attributes
    ----------
    outcome_residual, treatment_residual : array
        Outcome and treatment less what is expected of them given the covariates.
    score : array
        Doubly robust score of the effect.
    """

    outcome_residual: FloatArray
    treatment_residual: FloatArray
    score: FloatArray


@lru_cache(maxsize=2)  # several candidates of a selection ask for those of the same fold, one after the other
def held_out_outcomes(fold: TrainingFold) -> HeldOutOutcomes:
    """Predict each training patient's outcome in both arms from the others; residuals and scores.

    Source: Nie & Wager 2021, Biometrika 108:299-319 (residuals); Kennedy 2023, Electron J Stat 17:3008-3049 (scores).
    """
    arm = fold.treated.astype(np.int64)
    split = assign_folds(arm, _FOLDS, fold.seed)
    predictions = np.empty((len(CANDIDATES), len(arm), 2))
    for held_out in range(_FOLDS):
        training, testing = split != held_out, split == held_out
        predictions[:, testing] = predict_outcomes(
            NuisanceFold(
                features=fold.features[training],
                outcome=fold.outcome[training],
                arm=arm[training],
                held_out=fold.features[testing],
                n_arms=2,
                seed=fold.seed,
            )
        )
    mean = predictions[best_candidate(predictions, fold.outcome, arm)]
    chance = fold.propensity
    own = np.where(fold.treated, mean[:, 1], mean[:, 0])
    sign = np.where(fold.treated, 1 / chance, -1 / (1 - chance))
    return HeldOutOutcomes(
        outcome_residual=fold.outcome - chance * mean[:, 1] - (1 - chance) * mean[:, 0],
        treatment_residual=arm - chance,
        score=mean[:, 1] - mean[:, 0] + sign * (fold.outcome - own),
    )
