"""The same effect for everybody: what every other learner has to beat."""

import numpy as np

from ite.estimation.learners.held_out_outcomes import held_out_outcomes
from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray


def constant(fold: TrainingFold, features: FloatArray) -> FloatArray:
    """Return the average of the doubly robust scores for everybody."""
    return np.full(len(features), float(held_out_outcomes(fold).score.mean()))
