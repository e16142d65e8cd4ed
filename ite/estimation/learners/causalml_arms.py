"""How causalml is told of arms, and what it returns."""

import numpy as np

from ite.estimation.learners.protocol import TrainingFold
from ite.trial.data import FloatArray

#: causalml compares arms with its control name; strings work where integers break some of its learners.
CONTROL, TREATED = "control", "treated"


def arm_names(fold: TrainingFold) -> np.ndarray:
    """Return the arm of each training patient by name."""
    return np.where(fold.treated, TREATED, CONTROL)


def first_arm(prediction: np.ndarray) -> FloatArray:
    """Return the effects of the one treated arm, shape (patients,)."""
    return np.asarray(prediction, dtype=float).reshape(len(prediction), -1)[:, 0]
