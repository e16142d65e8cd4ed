"""The learners by name; each is imported when it is first asked for."""

from importlib import import_module
from typing import cast, get_args

from sklearn import config_context

from ite.estimation.learners.protocol import Learner, TrainingFold
from ite.estimation.learners.selection import Rule, Selection, select, weighted_prediction
from ite.trial.data import FloatArray

#: Learner to the file it lives in.
HOMES = {
    "bayesian_causal_forest": "bayesian_causal_forest",
    "causal_forest": "causal_forest",
    "constant": "constant",
    "dr_boosting": "dr_learner",
    "dr_lasso": "dr_learner",
    "forest_and_lasso": "forest_and_lasso",
    "lasso_interactions": "lasso_interactions",
    "query_attention": "query_attention",
    "r_boosting": "r_learner",
    "r_lasso": "r_learner",
    "s_boosting": "s_learner",
    "t_boosting": "t_learner",
    "t_lasso": "t_learner",
    "uplift_forest": "uplift_forest",
    "x_boosting": "x_learner",
    "x_lasso": "x_learner",
}


def fit_learner(name: str, fold: TrainingFold, features: FloatArray) -> FloatArray:
    """Fit the learner called `name` on `fold`; conditional average effect for each row of `features`."""
    return fit_logged(name, fold, features)[0]


def fit_logged(name: str, fold: TrainingFold, features: FloatArray) -> tuple[FloatArray, Selection | None]:
    """Fit as `fit_learner`; also what was chosen where the learner chooses among others, else None."""
    # The features are finite by construction; checking them again at every step of a path costs more than the path.
    with config_context(assume_finite=True, skip_parameter_validation=True):
        if name not in get_args(Rule):
            return _one(name, fold, features), None
        selection = select(cast("Rule", name), fold, _one)
        return weighted_prediction(selection, fold, features, _one), selection


def _one(name: str, fold: TrainingFold, features: FloatArray) -> FloatArray:
    learner = cast("Learner", getattr(import_module(f"ite.estimation.learners.{HOMES[name]}"), name))
    return learner(fold, features)
