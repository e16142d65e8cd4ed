"""How much the effects differ at least: the part of their spread that a ranking explains."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import norm

from ite.estimation.result import EffectEstimate
from ite.evaluation.contrast import influence_covariance
from ite.evaluation.sequential import ranked_rows

_ONE_SIDED = float(norm.ppf(0.95))


class LeastSpread(NamedTuple):
    """Standard deviation of effects that the ranking explains, its standard error, and a 95 % lower bound.

    The effects differ by `lower` at least, which is 0 where the data do not show that they differ.
    """

    explained: float
    se: float
    lower: float


def least_spread(effects: EffectEstimate, arm: str) -> LeastSpread:
    """Estimate a lower bound of the standard deviation of the effects between patients; NaN where nobody is ranked.

    cov(effect, prediction) / SD(prediction) <= SD(effect) whatever the prediction (Cauchy and Schwarz). The scores
    stand in for the effects, fold by fold with predictions of models fitted on the earlier folds; folds count by size.
    The estimate is negative where patients with larger predictions had smaller effects.

    Source: Chernozhukov et al. 2025, Econometrica 93:1121-1164 (best linear predictor).
    """
    scores, predictions = (frame[arm].to_numpy(dtype=float) for frame in (effects.scores, effects.sequential))
    folds = ranked_rows(scores, predictions, effects.fold)
    if not folds:
        return LeastSpread(math.nan, math.nan, math.nan)
    rows = np.concatenate(folds)
    weights = np.concatenate([_standardised(predictions[members]) for members in folds]) / len(rows)
    centred = np.concatenate([scores[members] - scores[members].mean() for members in folds])
    cluster = None if effects.cluster is None else effects.cluster[rows]
    explained = float(weights @ centred)
    se = math.sqrt(influence_covariance((weights * centred)[:, None], cluster)[0, 0])
    return LeastSpread(explained, se, max(explained - _ONE_SIDED * se, 0.0))


def least_spread_by_arm(effects: EffectEstimate) -> pd.DataFrame:
    """Return the lower bound of the spread for each treated arm: arm, explained, se, lower."""
    arms = list(effects.scores.columns)
    return pd.DataFrame([least_spread(effects, arm) for arm in arms]).assign(arm=arms)[["arm", *LeastSpread._fields]]


def _standardised(values: np.ndarray) -> np.ndarray:
    centred = values - values.mean()
    return np.asarray(centred / values.std())
