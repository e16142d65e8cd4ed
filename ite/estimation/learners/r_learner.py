"""R-learner: what is left of the outcome, regressed on what is left of the treatment."""

import numpy as np
from sklearn.base import RegressorMixin

from ite.estimation.learners.bases import lasso, stumps
from ite.estimation.learners.held_out_outcomes import held_out_outcomes
from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray


def r_lasso(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """R-learner with a cross-validated lasso for the effect.

    Estimates  the effect(x) that minimises the mean of ((Y - m(x)) - (A - e(x)) effect(x))^2, with m the expected
               outcome, fitted on other patients, and e the propensity.
    Assumes    treatment randomised (or unconfounded given x), and overlap.
    Source     Nie & Wager 2021, Biometrika 108:299-319.
    """
    return _r_learner(fold, features, lasso(fold.seed))


def r_boosting(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """R-learner with a few boosted single splits; as `r_lasso` otherwise."""
    return _r_learner(fold, features, stumps(fold.seed))


def _r_learner(fold: TrainingFold, features: FloatArray, base: RegressorMixin) -> FloatArray:
    left = held_out_outcomes(fold)
    # The R-loss is a weighted squared error of this ratio.
    ratio, weight = left.outcome_residual / left.treatment_residual, left.treatment_residual**2
    base.fit(fold.features, ratio, sample_weight=weight)
    return np.asarray(base.predict(features), dtype=float)
