"""X-learner: effects imputed by the other arm's outcome model, then regressed."""

import numpy as np
from causalml.inference.meta import BaseXRegressor
from sklearn.base import RegressorMixin

from ite.estimation.learners.bases import boosting, lasso
from ite.estimation.learners.causalml_arms import CONTROL, arm_names, first_arm
from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray


def x_lasso(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """X-learner on cross-validated lassos.

    Estimates  effect(x) = g(x) d0(x) + (1 - g(x)) d1(x), where d1 and d0 regress imputed effects of the treated and of
               the controls and g is the propensity.
    Assumes    treatment randomised (or unconfounded given x), and overlap.
    Source     Kunzel et al. 2019, PNAS 116(10):4156-4165; causalml BaseXRegressor.
    """
    return _x_learner(fold, features, lasso(fold.seed))


def x_boosting(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """X-learner on boosted trees of four leaves; as `x_lasso` otherwise."""
    return _x_learner(fold, features, boosting(fold.seed))


def _x_learner(fold: TrainingFold, features: FloatArray, base: RegressorMixin) -> FloatArray:
    learner = BaseXRegressor(learner=base, control_name=CONTROL)
    learner.fit(X=fold.features, treatment=arm_names(fold), y=fold.outcome, p=fold.propensity)
    # Without p, predict looks for a propensity model that fit(p=...) never made.
    propensity = np.full(len(features), float(fold.propensity.mean()))
    return first_arm(learner.predict(features, p=propensity))
