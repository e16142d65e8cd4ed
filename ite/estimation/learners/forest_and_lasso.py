"""The default learner: the mean of a Bayesian causal forest and an X-learner with lasso."""

from ite.estimation.learners.bayesian_causal_forest import bayesian_causal_forest
from ite.estimation.learners.protocol import TrainingFold
from ite.estimation.learners.x_learner import x_lasso
from ite.trial.data import FloatArray


def forest_and_lasso(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """Mean of two unlike learners: the errors of steps (forest) and of lines (lasso) partly cancel.

    Estimates  the plain average of `bayesian_causal_forest` and `x_lasso`.
    Assumes    what both assume.
    Source     benchmarks/RESULTS.md, which holds it against the common effect and other learners.
    """
    return (bayesian_causal_forest(fold, features) + x_lasso(fold, features)) / 2
