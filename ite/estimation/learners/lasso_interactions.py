"""One lasso with every covariate and its interaction with treatment."""

import numpy as np

from ite.estimation.learners.bases import lasso
from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray


def lasso_interactions(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """Lasso of the outcome on covariates and on their products with treatment.

    Estimates  effect(x) = c + d'x in Y = a + b'x + (A - e) (c + d'x) + noise, with e the propensity; b and d are
               penalised alike, the average effect c is not.
    Assumes    treatment randomised (or unconfounded given x); effects that rise or fall along covariates.
    Source     Tian et al. 2014, J Am Stat Assoc 109:1517-1532 (treatment coded as A - e).
    """
    centred = fold.treated - fold.propensity
    # Left out of the penalty: what the average effect explains is taken out of every column first.
    direction = centred - centred.mean()
    columns = np.column_stack([fold.features, fold.features * centred[:, None]])
    share = columns.T @ direction / (direction @ direction)
    average = float(fold.outcome @ direction / (direction @ direction))
    model = lasso(fold.seed).fit(columns - np.outer(direction, share), fold.outcome - average * direction)
    slopes = model.coef_[fold.features.shape[1] :]
    constant = average - float(share @ model.coef_)
    effect: FloatArray = constant + features @ slopes
    return effect
