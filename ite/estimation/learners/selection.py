"""Choosing among learners inside a training fold, so that the choice has not seen the patients it is used for."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from ite.estimation.folds import assign_folds
from ite.estimation.learners.held_out_outcomes import held_out_outcomes
from ite.estimation.learners.losses import candidate_losses, simplest_within_one_error, stacking_weights
from ite.estimation.learners.protocol import Fit, TrainingFold
from ite.trial.data import BoolArray, FloatArray

#: From simple to complex: of two that do equally well the earlier one is taken.
SELECTABLE = ("constant", "lasso_interactions", "x_lasso", "dr_boosting", "causal_forest", "bayesian_causal_forest")
_FOLDS = 3
Rule = Literal["selected", "stacked"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Selection:
    """What was chosen on one training fold, and from what.

    Attributes
    ----------
    candidates : DataFrame, one row per candidate
        candidate, dr_loss, r_loss, above, se (see `candidate_losses`) and weight in the prediction.
    """

    candidates: pd.DataFrame


def select(rule: Rule, fold: TrainingFold, fit: Fit) -> Selection:
    """Compare all candidates by cross-validation inside the fold and weight them.

    "selected" takes the simplest candidate within one standard error of the smallest DR-loss; "stacked" weights all of
    them by non-negative least squares.

    Parameters
    ----------
    fit : callable
        Fits the learner of a name on a fold and predicts.
    """
    left = held_out_outcomes(fold)
    split = assign_folds(fold.treated.astype(np.int64), _FOLDS, fold.seed)
    effects = np.empty((len(split), len(SELECTABLE)))
    for held_out in range(_FOLDS):
        training, testing = _part(fold, split != held_out), split == held_out
        for position, name in enumerate(SELECTABLE):
            effects[testing, position] = fit(name, training, fold.features[testing])
    losses = candidate_losses(SELECTABLE, effects, left)
    if rule == "stacked":
        return Selection(candidates=losses.assign(weight=stacking_weights(effects, left.score)))
    chosen = simplest_within_one_error(losses)
    return Selection(candidates=losses.assign(weight=(losses["candidate"] == chosen).astype(float)))


def weighted_prediction(selection: Selection, fold: TrainingFold, features: FloatArray, fit: Fit) -> FloatArray:
    """Fit what has weight on the whole fold; the weighted sum of the predictions, shape (patients,)."""
    total = np.zeros(len(features))
    for name, weight in selection.candidates[["candidate", "weight"]].itertuples(index=False):
        if weight > 0:
            total += weight * fit(name, fold, features)
    return total


def _part(fold: TrainingFold, members: BoolArray) -> TrainingFold:
    return TrainingFold(
        features=fold.features[members],
        outcome=fold.outcome[members],
        treated=fold.treated[members],
        propensity=fold.propensity[members],
        seed=fold.seed,
    )
