"""stochtree's Bayesian causal forest: half of the default learner at trial size."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from stochtree import BCFModel

from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray


@dataclass(frozen=True, kw_only=True)
class ForestSize:
    """How many warm-start sweeps, kept draws and trees."""

    sweeps: int
    draws: int
    prognostic_trees: int
    effect_trees: int


#: Settled by benchmarks/forest_size.py: no less accurate than a forest five times its cost.
TRIAL_SIZE = ForestSize(sweeps=5, draws=100, prognostic_trees=100, effect_trees=30)


def bayesian_causal_forest(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """Posterior mean effect of a Bayesian causal forest.

    Estimates  effect(x) in Y = prognosis(x) + effect(x) * treated + noise, each part a sum of shallow trees whose prior
               holds the effect part smaller and smoother than the prognostic one.
    Assumes    treatment randomised (or unconfounded given x), overlap, noise of one variance.
    Source     Hahn, Murray & Carvalho 2020, Bayesian Anal 15(3):965-1056; warm start: Krantsevich, He & Hahn 2023.
    """
    return fit_forest(fold, features, TRIAL_SIZE)


def fit_forest(fold: TrainingFold, features: FloatArray, size: ForestSize) -> FloatArray:
    """Fit a forest of the given size; posterior mean effect for each row of `features`, shape (patients,)."""
    mean: FloatArray = forest_draws(fold, features, size).mean(axis=1)
    return mean


def forest_draws(fold: TrainingFold, features: FloatArray, size: ForestSize) -> FloatArray:
    """Fit a forest of the given size; posterior draws of the effect, shape (patients, draws)."""
    model = BCFModel()
    model.sample(
        X_train=np.ascontiguousarray(fold.features),
        Z_train=fold.treated.astype(float),
        y_train=fold.outcome,
        propensity_train=fold.propensity,
        X_test=np.ascontiguousarray(features),
        Z_test=np.zeros(len(features)),
        propensity_test=np.full(len(features), float(fold.propensity.mean())),
        num_gfr=size.sweeps,
        num_burnin=0,
        num_mcmc=size.draws,
        # One thread: two give other draws.
        general_params={"random_seed": fold.seed, "num_threads": 1, "propensity_covariate": _known_to(fold)},
        prognostic_forest_params={"num_trees": size.prognostic_trees},
        treatment_effect_forest_params={"num_trees": size.effect_trees},
    )
    return np.asarray(model.tau_hat_test, dtype=float).reshape(len(features), -1)


def _known_to(fold: TrainingFold) -> Literal["none", "prognostic"]:
    """Let the prognostic trees see a propensity that differs between patients.

    Without it they take for an effect what is only that patients were treated for their prognosis (Hahn et al. 2020).
    """
    return "prognostic" if np.ptp(fold.propensity) > 0 else "none"
