"""The arms of a trial and their known probabilities."""

import numpy as np
import pandas as pd

from ite.errors import RoleError
from ite.trial.columns import FloatArray, as_numbers, as_text
from ite.trial.labels import closest, shown, shown_list, shown_rows
from ite.trial.roles import SUM_TOLERANCE, Roles

MAX_ARMS = 20


def find_arms(frame: pd.DataFrame, roles: Roles) -> tuple[str, ...]:
    """Return the levels of the treatment column: control first, then in order of first appearance.

    Raises
    ------
    RoleError
        For a patient without treatment, a control level that is not there, one arm only, or more than 20.
    """
    labels = as_text(frame[roles.treatment])
    missing = np.flatnonzero(labels.isna())
    if missing.size:
        raise RoleError(
            f"Every patient needs a treatment, but column {shown(roles.treatment)} is empty in {shown_rows(missing)}; "
            "fill it in or remove these rows."
        )
    found = [str(label) for label in labels.unique()]
    if len(found) > MAX_ARMS:
        raise RoleError(
            f"Column {shown(roles.treatment)} has {len(found)} different values, more than the {MAX_ARMS} arms a trial "
            "may have; choose the column that holds the arm."
        )
    if roles.control not in found:
        raise RoleError(
            f"The control level {shown(roles.control)} is not in column {shown(roles.treatment)}, which holds "
            f"{shown_list(found, limit=8)}{closest(roles.control, found)}."
        )
    if len(found) == 1:
        raise RoleError(
            f"A trial needs at least two arms, but column {shown(roles.treatment)} holds only {shown(found[0])}."
        )
    arms = (roles.control, *(label for label in found if label != roles.control))
    _check_named(arms, roles)
    return arms


def _check_named(arms: tuple[str, ...], roles: Roles) -> None:
    for part, given in (("randomization", roles.randomization), ("propensity", roles.propensity)):
        if given is None:
            continue
        unknown = [arm for arm in given if arm not in arms]
        if unknown:
            raise RoleError(
                f"'{part}' names the arm {shown(unknown[0])}, which is not in column {shown(roles.treatment)}; "
                f"its arms are {shown_list(arms, limit=8)}."
            )
        absent = [arm for arm in arms if arm not in given]
        if len(absent) > (1 if part == "propensity" else 0):
            raise RoleError(f"'{part}' must name every arm, but {shown_list(absent)} is not among them.")


def known_propensity(frame: pd.DataFrame, roles: Roles, arms: tuple[str, ...]) -> FloatArray | None:
    """Return the known probability of each arm, shape (n, arms), or None where the roles give none.

    Nothing is renormalised.

    Raises
    ------
    RoleError
        Naming the first row whose probabilities are missing, outside (0, 1) or do not sum to 1.
    """
    if roles.randomization is not None:
        return np.tile([roles.randomization[arm] for arm in arms], (len(frame), 1))
    if roles.propensity is None:
        return None
    given = {arm: as_numbers(frame[column], "propensity") for arm, column in roles.propensity.items()}
    for arm, column in given.items():
        _check_inside(column, shown(roles.propensity[arm]))
    for arm in arms:
        if arm not in given:
            given[arm] = 1 - np.sum(list(given.values()), axis=0)
            _check_inside(given[arm], f"what the other arms leave for {shown(arm)}")
    probabilities = np.column_stack([given[arm] for arm in arms])
    total = probabilities.sum(axis=1)
    wrong = np.flatnonzero(np.abs(total - 1) > SUM_TOLERANCE)
    if wrong.size:
        raise RoleError(
            f"The propensities of all arms must sum to 1, but sum to {total[wrong[0]]:.6g} in {shown_rows(wrong)}."
        )
    return probabilities


def _check_inside(probability: FloatArray, what: str) -> None:
    wrong = np.flatnonzero(~((probability > 0) & (probability < 1)))
    if wrong.size:
        value = probability[wrong[0]]
        found = "missing" if np.isnan(value) else f"{value:g}"
        raise RoleError(f"A propensity must lie between 0 and 1, but {what} is {found} in {shown_rows(wrong)}.")
