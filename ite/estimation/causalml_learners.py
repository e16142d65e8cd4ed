"""causalml's T- and X-learner, with bases of a size that fits a trial.

causalml's own defaults (boosted trees of full size) predict effects worse than the overall effect does at trial size,
so the base is always named here: a lasso, or boosted trees of four leaves.
"""

from typing import Any

import numpy as np
from causalml.inference.meta import BaseTRegressor, BaseXRegressor
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import LassoCV
from sklearn.model_selection import KFold

from ite.estimation.learner import TrainingFold
from ite.trial.data import FloatArray

# causalml compares arms with its control name; strings work where integers break some of its learners.
_CONTROL, _TREATED = "control", "treated"


def x_lasso(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """X-learner on cross-validated lassos.

    Estimates  effect(x) = g(x) d0(x) + (1 - g(x)) d1(x), where d1 and d0 regress imputed effects of the treated and of
               the controls and g is the propensity.
    Assumes    treatment randomised (or unconfounded given x), and overlap.
    Source     Kunzel et al. 2019, PNAS 116(10):4156-4165; causalml BaseXRegressor.
    """
    return _x_learner(fold, features, _lasso(fold.seed))


def x_boosting(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """X-learner on boosted trees of four leaves; as `x_lasso` otherwise."""
    return _x_learner(fold, features, _boosting(fold.seed))


def t_lasso(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """T-learner on cross-validated lassos: one outcome model per arm, the effect is their difference.

    Estimates  effect(x) = E[Y | A=1, X=x] - E[Y | A=0, X=x].
    Assumes    treatment randomised (or unconfounded given x), and overlap.
    Source     Kunzel et al. 2019, PNAS 116(10):4156-4165; causalml BaseTRegressor.
    """
    return _t_learner(fold, features, _lasso(fold.seed))


def t_boosting(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """T-learner on boosted trees of four leaves; as `t_lasso` otherwise."""
    return _t_learner(fold, features, _boosting(fold.seed))


def _lasso(seed: int) -> LassoCV:
    # Shuffled: in a file sorted by anything, neighbours are alike and the penalty would be chosen on unlike folds.
    return LassoCV(alphas=20, cv=KFold(5, shuffle=True, random_state=seed), tol=1e-3, max_iter=2_000)


def _boosting(seed: int) -> HistGradientBoostingRegressor:
    return HistGradientBoostingRegressor(
        max_iter=100, learning_rate=0.05, max_leaf_nodes=4, min_samples_leaf=20, early_stopping=False, random_state=seed
    )


def _arms(fold: TrainingFold) -> np.ndarray:
    return np.where(fold.treated, _TREATED, _CONTROL)


def _x_learner(fold: TrainingFold, features: FloatArray, base: Any) -> FloatArray:  # noqa: ANN401 - any sklearn regressor
    learner = BaseXRegressor(learner=base, control_name=_CONTROL)
    learner.fit(X=fold.features, treatment=_arms(fold), y=fold.outcome, p=fold.propensity)
    # Without p, predict looks for a propensity model that fit(p=...) never made.
    propensity = np.full(len(features), float(fold.propensity.mean()))
    return _first_arm(learner.predict(features, p=propensity))


def _t_learner(fold: TrainingFold, features: FloatArray, base: Any) -> FloatArray:  # noqa: ANN401 - any sklearn regressor
    learner = BaseTRegressor(learner=base, control_name=_CONTROL)
    learner.fit(X=fold.features, treatment=_arms(fold), y=fold.outcome)
    return _first_arm(learner.predict(features))


def _first_arm(prediction: np.ndarray) -> FloatArray:
    return np.asarray(prediction, dtype=float).reshape(len(prediction), -1)[:, 0]
