"""When the arms of a platform are open, full, and how many controls are enrolled meanwhile, at the expected rates."""

from dataclasses import dataclass

import numpy as np

from ite.design.alternatives.shared_control import SharedControl
from ite.errors import DesignError
from ite.trial.data import BoolArray, FloatArray

# Patients and months below which a difference is rounding.
_TINY = 1e-9


@dataclass(frozen=True, kw_only=True, eq=False)
class Calendar:
    """The periods between two changes of the open arms.

    Attributes
    ----------
    open : array of bool, shape (periods, arms)
        Which arms enrol.
    months, control : array, shape (periods,)
        Length, and control patients enrolled, fractional.
    full : array, shape (arms,)
        Month at which each arm is full.
    randomised, screened : float
        Patients in all arms together, and patients who came while any arm was open.
    cost : float
        Money for them; NaN where a price is not known.
    """

    open: BoolArray
    months: FloatArray
    control: FloatArray
    full: FloatArray
    randomised: float
    screened: float
    cost: float


def platform_calendar(design: SharedControl, joins: FloatArray) -> Calendar:
    """Follow the arms of a platform until the last is full.

    Raises
    ------
    DesignError
        If it is not known how many patients come in a month.
    """
    rate = design.resources.candidates_per_month
    if rate is None:
        raise DesignError("Arms that join later need a calendar; enter how many patients come in a month.")
    filled, month = np.zeros(len(joins)), 0.0
    full, periods = np.zeros(len(joins)), []
    while (missing := filled < design.n_arm * (1 - _TINY)).any():
        enrols = missing & (joins <= month + _TINY)
        entering = rate * _shares(design, enrols)
        months = _until_change(joins[missing & ~enrols] - month, (design.n_arm - filled)[enrols], entering[enrols])
        periods.append((enrols, months, months * entering.sum() * _control_per_arm_patient(design, enrols)))
        filled, month = filled + months * entering, month + months
        full = np.where(missing, month, full)
    used, months_of, control = (np.array(part) for part in zip(*periods, strict=True))
    randomised = float(len(joins) * design.n_arm + control.sum())
    screened = rate * float(months_of[used.any(axis=1)].sum())
    tested = 0.0 if design.prevalences is None else screened
    return Calendar(
        open=used,
        months=months_of,
        control=control,
        full=full,
        randomised=randomised,
        screened=screened,
        cost=float(design.resources.cost(randomised, tested)),
    )


def _shares(design: SharedControl, enrols: BoolArray) -> FloatArray:
    """Return the share of those who come who enter each arm itself, the rest of them the control or no arm."""
    if not enrols.any():
        return np.zeros(len(enrols))
    who_come = np.full(len(enrols), 1 / enrols.sum()) if design.prevalences is None else np.array(design.prevalences)
    return np.asarray(np.where(enrols, who_come, 0.0) / (1 + _control_per_arm_patient(design, enrols)))


def _control_per_arm_patient(design: SharedControl, enrols: BoolArray) -> float:
    """Return the control patients for each patient of any open arm."""
    arms = max(1, int(enrols.sum()))
    return design.control_ratio_of(arms) / arms


def _until_change(until_join: FloatArray, missing: FloatArray, entering: FloatArray) -> float:
    """Return the months until an arm joins or is full."""
    return float(np.min(np.append(until_join, missing / entering)))
