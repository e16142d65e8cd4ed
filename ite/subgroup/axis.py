"""What a slice is cut along: a covariate or the predicted benefit of an arm, and the words for it."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.errors import SubgroupError
from ite.estimation.result import EffectEstimate
from ite.subgroup.wording import listed, plain
from ite.trial.data import BoolArray, FloatArray, IntArray, TrialData

PREDICTED_BENEFIT = "predicted benefit"
MAX_LEVELS = 100


@dataclass(frozen=True, kw_only=True, eq=False)
class Arms:
    """Who is in the two arms compared.

    Attributes
    ----------
    treated, control : bool arrays, shape (patients,)
    """

    treated: BoolArray
    control: BoolArray

    def fewest(self, group: BoolArray) -> int:
        """Patients of the smaller of the two arms in a group."""
        return int(min((self.treated & group).sum(), (self.control & group).sum()))


def arms_of(trial: TrialData, arm: str) -> Arms:
    """Members of a treated arm and of control."""
    index = trial.arm_index
    return Arms(treated=index == trial.arms.index(arm), control=index == 0)


def resolve_arm(effects: EffectEstimate, arm: str | None) -> str:
    """Return the treated arm meant, or say which ones there are.

    Raises SubgroupError for an arm that was not estimated, or for None where there are several.
    """
    arms = [str(name) for name in effects.scores.columns]
    if arm is None and len(arms) == 1:
        return arms[0]
    if arm not in arms:
        found = "no arm was named" if arm is None else f"'{arm}' was given"
        raise SubgroupError(f"Expected one of the treated arms {listed(arms)}, but {found}. Name one of them.")
    return arm


def covariate(trial: TrialData, name: str) -> pd.Series:
    """Return the values of a covariate; SubgroupError where the trial has none of that name."""
    covariates = trial.covariates
    if name not in covariates.columns:
        raise SubgroupError(
            f"Expected one of the covariates {listed(covariates.columns)}, but '{name}' was given. Choose one of them."
        )
    return covariates[name]


def axis_values(trial: TrialData, effects: EffectEstimate, axis: str, arm: str) -> pd.Series:
    """Return what the slice is cut along, one value per patient: a covariate, or the predicted benefit of the arm."""
    if axis == PREDICTED_BENEFIT:
        return effects.benefit[arm]
    return covariate(trial, axis)


def is_numeric(values: pd.Series) -> bool:
    """Whether the values lie on a line; a pandas category does not."""
    return pd.api.types.is_numeric_dtype(values)


def level_labels(values: pd.Series, name: str) -> pd.Series:
    """Return the values as labels of levels, as the reader sees them; missing stays missing.

    Raises SubgroupError for a numeric axis of more than 100 values, which is no set of levels.
    """
    if is_numeric(values):
        distinct = int(values.nunique())
        if distinct > MAX_LEVELS:
            raise SubgroupError(f"'{name}' has {distinct} different numbers. Choose a range of it instead of levels.")
        return values.map(plain, na_action="ignore").astype("object")
    return values.astype("object")


def events_of(trial: TrialData, effects: EffectEstimate) -> FloatArray | None:
    """Return 1 for each patient with an event (up to the horizon) or an outcome of 1; None for a continuous outcome."""
    if trial.outcome_kind == "continuous":
        return None
    if trial.outcome_kind == "binary":
        return np.nan_to_num(trial.outcome)
    horizon = math.inf if effects.spec.horizon is None else effects.spec.horizon
    return np.nan_to_num(trial.event) * (trial.time <= horizon)


def count_events(events: FloatArray | None, group: BoolArray) -> float:
    """Events in a group; NaN where the outcome has none."""
    return math.nan if events is None else float(events[group].sum())


def clusters_of(effects: EffectEstimate, group: BoolArray) -> IntArray | None:
    """Clusters of the patients of a group, or None where the trial has none."""
    return None if effects.cluster is None else effects.cluster[group]
