"""One trial, read and typed: the value that every later step starts from."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from ite.trial.roles import Roles

OutcomeKind = Literal["continuous", "binary", "time_to_event"]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class TrialData:
    """A trial as patients x columns with a part for each column.

    Attributes
    ----------
    frame : DataFrame, one row per patient
        The columns named in the roles, in the order of the file, with a fresh RangeIndex.
    roles : Roles
    arms : tuple of str
        Levels of the treatment column, control first, then in order of first appearance.
    outcome_kind : continuous, binary or time_to_event
    name : str
        What the user calls the data: the file's or the sample's name.
    digest : str
        SHA-256 of the columns in use and the roles, in hex; names the data in every provenance line.
    """

    frame: pd.DataFrame
    roles: Roles
    arms: tuple[str, ...]
    outcome_kind: OutcomeKind
    name: str
    digest: str

    @property
    def n(self) -> int:
        """Number of patients."""
        return len(self.frame)

    @property
    def control(self) -> str:
        """Label of the control arm."""
        return self.arms[0]

    @property
    def treated_arms(self) -> tuple[str, ...]:
        """Labels of the arms compared with control."""
        return self.arms[1:]

    @property
    def arm_index(self) -> IntArray:
        """Index into `arms` of each patient's arm; 0 is control. Shape (n,)."""
        raise NotImplementedError

    @property
    def covariates(self) -> pd.DataFrame:
        """Baseline covariates: float64 or bool-as-0/1 columns numeric, all else as pandas 'category' of text; NaN = missing."""
        raise NotImplementedError

    @property
    def outcome(self) -> FloatArray:
        """Continuous or 0/1 outcome as observed (not turned towards benefit), NaN where missing. Shape (n,)."""
        raise NotImplementedError

    @property
    def time(self) -> FloatArray:
        """Follow-up time, NaN where missing. Shape (n,)."""
        raise NotImplementedError

    @property
    def event(self) -> FloatArray:
        """1 = event, 0 = censored, NaN = missing (composite if the roles say so). Shape (n,)."""
        raise NotImplementedError

    @property
    def outcome_missing(self) -> BoolArray:
        """Whether the outcome (or time or event) is missing. Shape (n,)."""
        raise NotImplementedError

    @property
    def known_propensity(self) -> FloatArray | None:
        """Known probability of each arm, shape (n, arms), or None where the roles give none."""
        raise NotImplementedError
