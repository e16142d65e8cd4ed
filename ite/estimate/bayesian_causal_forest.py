"""stochtree's Bayesian causal forest: the default learner at trial size."""

import numpy as np
from stochtree import BCFModel

from ite.estimate.learner import TrainingFold
from ite.trial.data import FloatArray

#: Settled by benchmarks/forest_size.py: as accurate as ten times the draws, in a fraction of the time.
WARM_START_SWEEPS = 5
DRAWS = 100
PROGNOSTIC_TREES = 100
EFFECT_TREES = 30


def bayesian_causal_forest(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """Posterior mean effect of a Bayesian causal forest.

    Estimates  effect(x) in Y = prognosis(x) + effect(x) * treated + noise, each part a sum of shallow trees whose prior
               holds the effect part smaller and smoother than the prognostic one.
    Assumes    treatment randomised (or unconfounded given x), overlap, noise of one variance.
    Source     Hahn, Murray & Carvalho 2020, Bayesian Anal 15(3):965-1056; warm start: Krantsevich, He & Hahn 2023.
    """
    model = BCFModel()
    model.sample(
        X_train=np.ascontiguousarray(fold.features),
        Z_train=fold.treated.astype(float),
        y_train=fold.outcome,
        propensity_train=fold.propensity,
        X_test=np.ascontiguousarray(features),
        Z_test=np.zeros(len(features)),
        propensity_test=np.full(len(features), float(fold.propensity.mean())),
        num_gfr=WARM_START_SWEEPS,
        num_burnin=0,
        num_mcmc=DRAWS,
        # One thread: two give other draws.
        general_params={"random_seed": fold.seed, "num_threads": 1, "propensity_covariate": "none"},
        prognostic_forest_params={"num_trees": PROGNOSTIC_TREES},
        treatment_effect_forest_params={"num_trees": EFFECT_TREES},
    )
    effect: FloatArray = np.asarray(model.tau_hat_test).reshape(len(features), -1).mean(axis=1)
    return effect
