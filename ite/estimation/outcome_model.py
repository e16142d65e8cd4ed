"""Outcome predictions by arm: they reduce the noise of the scores and never decide an effect."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls
from sklearn import config_context
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import RidgeCV

from ite.trial.data import FloatArray, IntArray

#: One more candidate is one more entry here; each predicts every arm's outcome for every held-out patient.
CANDIDATES = ("ridge, common slopes", "boosting, common shape", "ridge, slopes by arm")
_RIDGE_PENALTIES = tuple(np.geomspace(0.1, 10_000.0, 20))


@dataclass(frozen=True, kw_only=True, eq=False)
class NuisanceFold:
    """One training and one held-out set; picklable, so that it can run in a worker.

    Attributes
    ----------
    features, held_out : array, shape (patients, features)
    outcome, arm : array, shape (training patients,)
    n_arms : int
    seed : int
    """

    features: FloatArray
    outcome: FloatArray
    arm: IntArray
    held_out: FloatArray
    n_arms: int
    seed: int


def predict_outcomes(fold: NuisanceFold) -> FloatArray:
    """Fit every candidate on the training set; predictions of shape (candidates, held-out patients, arms)."""
    with config_context(assume_finite=True, skip_parameter_validation=True):
        return np.stack([_common(fold, _ridge), _common(fold, lambda: _boosting(fold.seed)), _by_arm(fold)])


def _ridge() -> RidgeCV:
    return RidgeCV(alphas=_RIDGE_PENALTIES)


def _boosting(seed: int) -> HistGradientBoostingRegressor:
    return HistGradientBoostingRegressor(
        max_iter=60,
        learning_rate=0.1,
        max_leaf_nodes=4,
        min_samples_leaf=20,
        l2_regularization=5.0,
        max_bins=32,
        early_stopping=False,
        random_state=seed,
    )


def _arm_means(fold: NuisanceFold, values: FloatArray) -> FloatArray:
    size = np.bincount(fold.arm, minlength=fold.n_arms)
    means: FloatArray = np.bincount(fold.arm, weights=values, minlength=fold.n_arms) / size
    return means


def _common(fold: NuisanceFold, model: Callable[[], RidgeCV | HistGradientBoostingRegressor]) -> FloatArray:
    """One shape for all arms, shifted by arm: the least variable choice where effects hardly differ."""
    centred = fold.outcome - _arm_means(fold, fold.outcome)[fold.arm]
    fitted = model().fit(fold.features, centred)
    shift = _arm_means(fold, fold.outcome - fitted.predict(fold.features))
    common: FloatArray = fitted.predict(fold.held_out)[:, None] + shift[None, :]
    return common


def _by_arm(fold: NuisanceFold) -> FloatArray:
    predictions = np.empty((len(fold.held_out), fold.n_arms))
    for arm in range(fold.n_arms):
        members = fold.arm == arm
        predictions[:, arm] = _ridge().fit(fold.features[members], fold.outcome[members]).predict(fold.held_out)
    return predictions


def best_candidate(predictions: FloatArray, outcome: FloatArray, arm: IntArray) -> int:
    """Index of the candidate with the smallest held-out squared error of the observed outcomes.

    Parameters
    ----------
    predictions : array, shape (candidates, patients, arms)
    outcome, arm : array, shape (patients,)
        Patients whose outcome is missing (NaN) do not count.
    """
    own = np.take_along_axis(predictions, arm[None, :, None], axis=2)[:, :, 0]
    return int(np.argmin(np.nanmean((own - outcome[None, :]) ** 2, axis=1)))


def stacked_weights(predictions: FloatArray, outcome: FloatArray, arm: IntArray) -> FloatArray:
    """Weights of the candidates, not negative and of sum 1, whose sum comes closest to the held-out observed outcomes.

    Non-negative least squares, then divided by their sum; with a weight on nothing, the best candidate alone.

    Parameters are those of `best_candidate`.

    Source: Breiman 1996, Mach Learn 24:49-64; van der Laan, Polley & Hubbard 2007, Stat Appl Genet Mol Biol 6:25.
    """
    seen = ~np.isnan(outcome)
    own = np.take_along_axis(predictions, arm[None, :, None], axis=2)[:, seen, 0]
    level = outcome[seen].mean()
    weights = np.asarray(nnls((own - level).T, outcome[seen] - level)[0], dtype=float)
    if weights.sum() == 0:
        weights[best_candidate(predictions, outcome, arm)] = 1.0
    share: FloatArray = weights / weights.sum()
    return share
