"""All patients of two arms as the training set of the frozen model. Brings scikit-learn: for workers only."""

import numpy as np

from ite.compute import spawn_seeds
from ite.estimation.assignment import arm_probabilities
from ite.estimation.folds import assign_folds
from ite.estimation.learners.protocol import TrainingFold
from ite.estimation.nuisance import SCORE_REPEATS
from ite.estimation.outcome import turned_outcome
from ite.estimation.spec import EffectSpec
from ite.trial.data import FloatArray, TrialData


def training_fold(trial: TrialData, features: FloatArray, spec: EffectSpec, arm: str, seed: int) -> TrainingFold:
    """Return outcome and propensity as the cross-fitted learners saw them, for all patients of the arm and of control.

    Parameters
    ----------
    features : array, shape (patients, features)
    spec : EffectSpec
        As resolved by the estimation.
    seed : int
        Of the learner.
    """
    cluster = None if trial.roles.cluster is None else trial.codes(trial.roles.cluster)
    seeds = spawn_seeds(spec.seed, SCORE_REPEATS)
    folds = [assign_folds(trial.arm_index, spec.folds, each, cluster) for each in seeds]
    outcome = np.mean([turned_outcome(trial, features, fold, spec.horizon).value for fold in folds], axis=0)
    probabilities = np.mean([arm_probabilities(trial, features, fold) for fold in folds], axis=0)
    treated = trial.arm_index == trial.arms.index(arm)
    members = (treated | (trial.arm_index == 0)) & ~np.isnan(outcome)
    chance = probabilities[:, trial.arms.index(arm)]
    return TrainingFold(
        features=features[members],
        outcome=outcome[members],
        treated=treated[members],
        propensity=(chance / (chance + probabilities[:, 0]))[members],
        seed=seed,
    )
