"""What a learner of conditional effects is: fitted on one training fold, asked for the held-out patients."""

from dataclasses import dataclass
from typing import Protocol

from ite.trial.data import BoolArray, FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class TrainingFold:
    """Patients of one treated arm and of control, outcomes turned so that larger is better.

    Attributes
    ----------
    features : array, shape (patients, features), standardised
    outcome : array, shape (patients,)
    treated : array, shape (patients,)
        Whether in the treated arm.
    propensity : array, shape (patients,)
        Probability of the treated arm among the two.
    seed : int
    """

    features: FloatArray
    outcome: FloatArray
    treated: BoolArray
    propensity: FloatArray
    seed: int


class Learner(Protocol):
    """Orders and describes patients; never judges."""

    def __call__(self, fold: TrainingFold, features: FloatArray) -> FloatArray:
        """Fit on `fold` and return the conditional average effect for each row of `features`, shape (patients,)."""


class Fit(Protocol):
    """Fits a learner by its name."""

    def __call__(self, name: str, fold: TrainingFold, features: FloatArray) -> FloatArray:
        """Fit on `fold` and return the conditional average effect for each row of `features`, shape (patients,)."""
