"""T-learner: one outcome model per arm."""

from causalml.inference.meta import BaseTRegressor
from sklearn.base import RegressorMixin

from ite.estimation.learners.bases import boosting, lasso
from ite.estimation.learners.causalml_arms import CONTROL, arm_names, first_arm
from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray


def t_lasso(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """T-learner on cross-validated lassos: the effect is the difference of the two predictions.

    Estimates  effect(x) = E[Y | A=1, X=x] - E[Y | A=0, X=x].
    Assumes    treatment randomised (or unconfounded given x), and overlap.
    Source     Kunzel et al. 2019, PNAS 116(10):4156-4165; causalml BaseTRegressor.
    """
    return _t_learner(fold, features, lasso(fold.seed))


def t_boosting(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """T-learner on boosted trees of four leaves; as `t_lasso` otherwise."""
    return _t_learner(fold, features, boosting(fold.seed))


def _t_learner(fold: TrainingFold, features: FloatArray, base: RegressorMixin) -> FloatArray:
    learner = BaseTRegressor(learner=base, control_name=CONTROL)
    learner.fit(X=fold.features, treatment=arm_names(fold), y=fold.outcome)
    return first_arm(learner.predict(features))
