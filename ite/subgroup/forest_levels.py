"""One row of a forest: the effect among the patients of one level."""

import numpy as np

from ite.estimation.cox import fit_cox
from ite.trial.data import BoolArray, TrialData
from ite.trial.differences import (
    Difference,
    newcombe_difference,
    restricted_mean_difference,
    welch_difference,
)
from ite.trial.normal import NORMAL_975
from ite.trial.survival import restricted_mean

Row = dict[str, object]
#: Patients in each arm of a level that the test across levels needs.
LEAST_IN_ARM = 10


def level_row(trial: TrialData, members: BoolArray, place: int, horizon: float | None) -> Row:
    """Return counts, effect and note of the patients in `members`, shape (n,), all of arm 0 or `place`."""
    row = _estimated(trial, members, place, horizon)
    arms = np.bincount(trial.arm_index[members] != 0, minlength=2)
    if 0 < arms.min() < LEAST_IN_ARM:
        thin = f"fewer than {LEAST_IN_ARM} patients in an arm: left out of the test across levels"
        row["note"] = f"{row['note']}; {thin}" if row["note"] else thin
    return row


def _estimated(trial: TrialData, members: BoolArray, place: int, horizon: float | None) -> Row:
    treated, control = (members & (trial.arm_index == index) for index in (place, 0))
    values = trial.event if trial.outcome_kind == "time_to_event" else trial.outcome
    counted = trial.outcome_kind != "continuous"
    row: Row = {
        "n": int(members.sum()),
        "events": float(values[members].sum()) if counted else np.nan,
        "n_treated": int(treated.sum()),
        "events_treated": float(values[treated].sum()) if counted else np.nan,
    }
    empty = [label for label, arm in ((trial.arms[place], treated), (trial.control, control)) if not arm.any()]
    if empty:
        row |= _effect(Difference(np.nan, np.nan, np.nan, np.nan), trial)
        return row | {"note": f"not estimable: no patients in arm '{empty[0]}'"}
    if trial.outcome_kind == "time_to_event":
        return row | _survival(trial, treated, control, horizon)
    compare = newcombe_difference if trial.outcome_kind == "binary" else welch_difference
    return row | _effect(compare(values[treated], values[control]), trial) | {"note": ""}


def _effect(difference: Difference, trial: TrialData) -> Row:
    """Return the difference turned towards benefit."""
    estimate, se, lower, upper = difference
    if not trial.roles.higher_is_better:
        estimate, lower, upper = -estimate, -upper, -lower
    return {"estimate": estimate, "se": se, "lower": lower, "upper": upper}


def _survival(trial: TrialData, treated: BoolArray, control: BoolArray, horizon: float | None) -> Row:
    if horizon is None:
        raise ValueError("a time-to-event outcome needs a horizon")
    time, event = trial.time, trial.event
    active, passive = (restricted_mean(time[arm], event[arm], horizon) for arm in (treated, control))
    difference = restricted_mean_difference(active, passive)
    notes = [
        f"follow-up in arm '{label}' ends at {time[arm].max():g}, its curve is carried on to the horizon"
        for label, arm in ((trial.arms[trial.arm_index[treated][0]], treated), (trial.control, control))
        if time[arm].max() < horizon and event[arm][time[arm] == time[arm].max()].min() == 0
    ]
    hazard, why = _hazard_ratio(trial, treated, control)
    return (
        _effect(difference, trial)
        | hazard
        | {
            "rmst_treated": active.rmst,
            "rmst_treated_se": active.se,
            "rmst_control": passive.rmst,
            "rmst_control_se": passive.se,
            "rmst_difference": difference.estimate,
            "note": "; ".join([*why, *notes]),
        }
    )


def _hazard_ratio(trial: TrialData, treated: BoolArray, control: BoolArray) -> tuple[Row, list[str]]:
    """Return the hazard ratio, or NaN and the reason where an arm has no event."""
    names = ("log_hazard_ratio", "log_hazard_ratio_se", "hazard_ratio", "hazard_ratio_lower", "hazard_ratio_upper")
    for arm in (treated, control):
        if trial.event[arm].sum() == 0:
            label = trial.arms[trial.arm_index[arm][0]]
            return dict.fromkeys(names, np.nan), [f"hazard ratio not estimable: no events in arm '{label}'"]
    members = treated | control
    fit = fit_cox(trial.time[members], trial.event[members], treated[members].astype(np.float64)[:, None])
    log_ratio, se = float(fit.coefficients[0]), float(np.sqrt(fit.covariance[0, 0]))
    limits = np.exp(log_ratio + NORMAL_975 * se * np.array([0, -1, 1]))
    return dict(zip(names, (log_ratio, se, *limits.tolist()), strict=True)), []
