"""S-learner: one outcome model that holds the treatment as one of its covariates."""

from causalml.inference.meta import BaseSRegressor

from ite.estimation.learners.bases import boosting
from ite.estimation.learners.causalml_arms import CONTROL, arm_names, first_arm
from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray


def s_boosting(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """S-learner on boosted trees of four leaves.

    Estimates  effect(x) = m(x, 1) - m(x, 0), with m(x, a) one regression of the outcome on covariates and treatment.
    Assumes    treatment randomised (or unconfounded given x), and overlap. Trees that never split on the treatment
               predict no effect for anybody.
    Source     Kunzel et al. 2019, PNAS 116(10):4156-4165; causalml BaseSRegressor.
    """
    learner = BaseSRegressor(learner=boosting(fold.seed), control_name=CONTROL)
    learner.fit(X=fold.features, treatment=arm_names(fold), y=fold.outcome)
    return first_arm(learner.predict(features))
