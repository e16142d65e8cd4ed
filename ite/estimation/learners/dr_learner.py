"""DR-learner: the doubly robust scores, regressed on the covariates."""

import numpy as np
from sklearn.base import RegressorMixin

from ite.estimation.learners.bases import lasso, stumps
from ite.estimation.learners.held_out_outcomes import held_out_outcomes
from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray


def dr_lasso(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """DR-learner with a cross-validated lasso for the effect.

    Estimates  effect(x) as the regression of cross-fitted doubly robust scores on the covariates. All patients serve
               every stage, each with outcome models fitted on others.
    Assumes    treatment randomised (or unconfounded given x), and overlap; scores grow without bound as it fails.
    Source     Kennedy 2023, Electron J Stat 17:3008-3049.
    """
    return _dr_learner(fold, features, lasso(fold.seed))


def dr_boosting(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """DR-learner with a few boosted single splits; as `dr_lasso` otherwise."""
    return _dr_learner(fold, features, stumps(fold.seed))


def _dr_learner(fold: TrainingFold, features: FloatArray, base: RegressorMixin) -> FloatArray:
    base.fit(fold.features, held_out_outcomes(fold).score)
    return np.asarray(base.predict(features), dtype=float)
