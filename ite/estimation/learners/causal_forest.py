"""Causal forest: honest trees that split where the effect differs."""

import numpy as np
from causalml.inference.tree import CausalRandomForestRegressor

from ite.estimation.learners.held_out_outcomes import held_out_outcomes
from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray

_TREES = 100
#: causalml's own sizes (100 a leaf, 50 an arm) give everybody the same effect in trials of up to 500 patients.
_LEAF, _LEAF_BY_ARM = 20, 10


def causal_forest(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """Causal forest on what is left of the outcome after its expectation given the covariates.

    Estimates  effect(x) as the average, over trees grown on one half of a bootstrap sample, of the difference of the
               arms' means in the leaf of x, computed on the other half.
    Assumes    treatment randomised; the propensity is not adjusted for.
    Source     Athey, Tibshirani & Wager 2019, Ann Stat 47:1148-1178 (centred outcome, honesty); causalml
               CausalRandomForestRegressor.
    """
    forest = CausalRandomForestRegressor(
        n_estimators=_TREES,
        min_samples_leaf=_LEAF,
        min_samples_split=2 * _LEAF,
        min_group_samples=_LEAF_BY_ARM,
        groups_penalty=0.0,
        honesty=True,
        random_state=fold.seed % 2**31,
        n_jobs=1,
        control_name=0,
    )
    residual = held_out_outcomes(fold).outcome_residual
    forest.fit(X=fold.features, treatment=fold.treated.astype(np.int64), y=residual)
    return np.asarray(forest.predict(features), dtype=float).reshape(-1)
