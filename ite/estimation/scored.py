"""Scores and the cross-fitted models behind them."""

import math
from dataclasses import dataclass

from ite.trial.data import FloatArray

#: Estimated probabilities of arms are held inside [floor, 1].
PROBABILITY_FLOOR = 0.05


@dataclass(frozen=True, kw_only=True, eq=False)
class ScoredTrial:
    """Scores and what the learners are trained on; every model was fitted without the patient it is used for.

    Attributes
    ----------
    arm_scores : array, shape (patients, arms)
        Score of the mean outcome in each arm, larger is better.
    outcome : array, shape (patients,)
        Turned outcome, NaN where missing; for times the transformed restricted time.
    expected : array, shape (patients, arms)
        Predicted outcome in each arm.
    probabilities : array, shape (patients, arms)
        Of being in each arm.
    truncated : int
        Patients with a truncated censoring weight.
    models : tuple of str
        Outcome model chosen in each repeat.
    largest_weight : float
        Largest censoring weight in any repeat; NaN for an outcome that is not a time to an event.
    """

    arm_scores: FloatArray
    outcome: FloatArray
    expected: FloatArray
    probabilities: FloatArray
    truncated: int
    models: tuple[str, ...]
    largest_weight: float = math.nan
