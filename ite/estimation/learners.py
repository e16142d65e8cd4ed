"""The learners by name; each is imported when it is first asked for."""

from importlib import import_module
from typing import cast

from sklearn import config_context

from ite.estimation.learner import Learner, TrainingFold
from ite.trial.data import FloatArray

_HOME = {
    "bayesian_causal_forest": "ite.estimation.bayesian_causal_forest",
    "forest_and_lasso": "ite.estimation.forest_and_lasso",
    "x_lasso": "ite.estimation.causalml_learners",
    "t_lasso": "ite.estimation.causalml_learners",
    "x_boosting": "ite.estimation.causalml_learners",
    "t_boosting": "ite.estimation.causalml_learners",
}


def fit_learner(name: str, fold: TrainingFold, features: FloatArray) -> FloatArray:
    """Fit the learner called `name` on `fold`; conditional average effect for each row of `features`."""
    learner = cast("Learner", getattr(import_module(_HOME[name]), name))
    # The features are finite by construction; checking them again at every step of a path costs more than the path.
    with config_context(assume_finite=True, skip_parameter_validation=True):
        return learner(fold, features)
