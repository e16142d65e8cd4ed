"""Effects by level of pre-specified covariates, each level estimated on its own patients; runs in a worker."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.errors import SubgroupError
from ite.estimation.holm import holm
from ite.estimation.outcome import effect_scale
from ite.subgroup.forest_levels import level_row
from ite.subgroup.forest_tests import interaction_row
from ite.trial.columns import as_numbers, as_text, is_number
from ite.trial.data import TrialData
from ite.trial.labels import closest, shown, shown_list
from ite.trial.outcome import check_horizon
from ite.trial.survival import default_horizon

MOST_LEVELS = 12


@dataclass(frozen=True, kw_only=True, eq=False)
class SubgroupForest:
    """Effects of one arm against control in each level of covariates that were named beforehand; nothing adjusted.

    Attributes
    ----------
    arm : str
    scale : str
        What one unit of `estimate` is, in words; positive means benefit.
    horizon, landmark : float or None
        Horizon of the restricted means; landmark of the logistic interaction test.
    levels : DataFrame, one row per covariate and level
        covariate, level, n, events, n_treated, events_treated, estimate, se, lower, upper (95 %, on `scale`), note
        (what could not be estimated, in words). For a time-to-event outcome also log_hazard_ratio, log_hazard_ratio_se,
        hazard_ratio, hazard_ratio_lower, hazard_ratio_upper, rmst_treated, rmst_treated_se, rmst_control,
        rmst_control_se, rmst_difference (treated minus control). Unknown is NaN.
    interactions : DataFrame, one row per covariate
        covariate, n (patients with a known level), df, chi_square, p_value (of differences between the estimates
        shown: Cochran's Q over levels with events in both arms), p_holm (adjusted over the covariates), model (Cox or
        logistic: the relative scale), lrt_chi_square, lrt_df, lrt_p_value, wald_chi_square, wald_p_value; with a
        landmark also landmark_n, landmark_chi_square, landmark_p_value.
    """

    arm: str
    scale: str
    horizon: float | None
    landmark: float | None
    levels: pd.DataFrame
    interactions: pd.DataFrame


def subgroup_forest(
    trial: TrialData,
    by: tuple[str, ...],
    arm: str | None = None,
    horizon: float | None = None,
    landmark: float | None = None,
) -> SubgroupForest:
    """Estimate the effect of an arm in every level of the given covariates and test whether it differs.

    Only for covariates named before the outcome was seen; patients whose level is missing are left out of that
    covariate.

    Raises
    ------
    SubgroupError
        If a covariate is not in the trial, has one level or more than 12, or the arm is unknown.
    EstimateError
        If the horizon lies beyond the follow-up.
    """
    place = _arm_place(trial, arm)
    survival = trial.outcome_kind == "time_to_event"
    if survival:
        horizon = default_horizon(trial) if horizon is None else horizon
        check_horizon(trial, horizon)
    used = ~trial.outcome_missing & np.isin(trial.arm_index, (0, place))
    levels, interactions = [], []
    for name in by:
        column = levels_of(trial, name)
        rows = [
            {"covariate": name, "level": str(level)}
            | level_row(trial, used & (column == level).to_numpy(dtype=bool, na_value=False), place, horizon)
            for level in column.cat.categories
        ]
        levels += rows
        interactions.append(
            {"covariate": name} | interaction_row(trial, used, column, place, pd.DataFrame(rows), landmark)
        )
    tests = pd.DataFrame(interactions)
    tests.insert(5, "p_holm", holm(tests["p_value"].to_numpy(dtype=np.float64)))
    return SubgroupForest(
        arm=trial.arms[place],
        scale=effect_scale(trial, horizon),
        horizon=horizon if survival else None,
        landmark=landmark if survival else None,
        levels=pd.DataFrame(levels),
        interactions=tests,
    )


def levels_of(trial: TrialData, name: str) -> pd.Series:
    """Return a column of the trial as a category of text, numbers in order, missing where it was missing.

    Raises
    ------
    SubgroupError
        If there is no such column, or it has one level or more than 12.
    """
    if name not in trial.frame:
        known = list(trial.roles.covariates)
        raise SubgroupError(f"There is no column {shown(name)} in this trial{closest(name, known)}.")
    column = trial.frame[name]
    text = as_text(column)
    found = list(dict.fromkeys(text.dropna()))
    numeric = is_number(column)
    if len(found) > MOST_LEVELS:
        remedy = "cut it into groups beforehand, in a column of its own" if numeric else "group its levels"
        raise SubgroupError(
            f"A forest needs a covariate with 2 to {MOST_LEVELS} levels, but {shown(name)} has {len(found)}; {remedy}."
        )
    if len(found) < 2:
        raise SubgroupError(f"A forest compares levels, but {shown(name)} has only {shown_list(found)}.")
    values = as_numbers(column, "subgroup") if numeric else None
    order = sorted(found) if values is None else _by_value(text, pd.Series(values))
    return text.astype(pd.CategoricalDtype(order))


def _by_value(text: pd.Series, values: pd.Series) -> list[str]:
    first = pd.DataFrame({"text": text, "value": values}).dropna().drop_duplicates("text").sort_values("value")
    return list(first["text"])


def _arm_place(trial: TrialData, arm: str | None) -> int:
    if arm is None and len(trial.treated_arms) == 1:
        return 1
    if arm not in trial.treated_arms:
        given = "no arm was named" if arm is None else f"{shown(arm)} is not one"
        raise SubgroupError(f"Choose a treated arm, {shown_list(trial.treated_arms)}; {given}.")
    return trial.arms.index(arm)
