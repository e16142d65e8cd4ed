"""How many patients of a fitted trial are treated for one more to be helped."""

import numpy as np
from pydantic import Field

from ite.errors import ValuationError
from ite.estimation.nnt import NumberNeededToTreat
from ite.estimation.result import EffectEstimate
from ite.subgroup.axis import Arms, arms_of, resolve_arm
from ite.subgroup.sides import number_needed
from ite.subgroup.slice import Slice, compare_slice
from ite.trial.columns import BoolArray
from ite.trial.data import TrialData
from ite.trial.normal import NORMAL_975
from ite.trial.survival import kaplan_meier, step_value
from ite.value.arm_risks import ArmRisk, ArmRisks, risk_of_counts
from ite.value.fields import ValueSettings
from ite.value.patients_to_treat import AbsoluteChange, PatientsToTreat


class TrialPatients(ValueSettings):
    """Whose number needed to treat is asked for.

    Attributes
    ----------
    arm
        Treated arm.
    chosen
        Slice of the patients; None is everybody.
    nnh
        Number needed to harm, which the trial's outcome does not tell; None where it is not known.
    """

    called = "Patients of a trial"

    arm: str = Field(title="Arm")
    chosen: Slice | None = Field(default=None, title="Slice")
    nnh: float | None = Field(default=None, ge=1, allow_inf_nan=False, title="Number needed to harm")


def patients_from_trial(trial: TrialData, effects: EffectEstimate, asked: TrialPatients) -> PatientsToTreat:
    """Return how a treated arm changes the share of good outcomes, with 95 % limits.

    Estimates  for a yes-or-no outcome the mean doubly robust score, of everybody or of a slice (whose limits allow for
               its choice, see `compare_slice`); for a time to event the difference of Kaplan-Meier curves at the
               horizon, crude, with Greenwood's standard errors.
    Source     Altman & Andersen 1999, BMJ 319:1492-1495 (numbers needed to treat from a time to event).

    Raises
    ------
    ValuationError
        For an outcome that is a number, and for a slice of a time to event.
    SubgroupError
        For a slice that is not defined on this trial, or too small.
    """
    if trial.outcome_kind == "continuous":
        raise ValuationError(
            f"A number needed to treat is not defined on this scale, {effects.scale}: it counts people, and the "
            "outcome is a number. Choose the change from which a patient counts as helped, count those in both arms, "
            "and type them as counts of two arms."
        )
    arm = resolve_arm(effects, asked.arm)
    harm = None if asked.nnh is None else AbsoluteChange(difference=1 / asked.nnh)
    if trial.outcome_kind == "binary":
        number, inside = _number(trial, effects, asked, arm)
        risks = _counted(trial, arm, inside)
    else:
        risks = _at_horizon(trial, effects, asked, arm)
        number = None
    return PatientsToTreat(gain=_gain(risks) if number is None else _told(number), harm=harm, risks=risks)


def _number(
    trial: TrialData, effects: EffectEstimate, asked: TrialPatients, arm: str
) -> tuple[NumberNeededToTreat | None, BoolArray]:
    if asked.chosen is None:
        return number_needed(trial, effects, effects.ate.loc[[arm]]), np.ones(trial.n, dtype=bool)
    found = compare_slice(trial, effects, asked.chosen, seed=effects.spec.seed)
    return found.nnt, asked.chosen.mask(trial, effects)


def _told(number: NumberNeededToTreat) -> AbsoluteChange:
    return AbsoluteChange(difference=number.reduction, lower=number.lower, upper=number.upper)


def _gain(risks: ArmRisks) -> AbsoluteChange:
    """Return the fall of the risk with its normal limits."""
    fall = risks.control.risk - risks.treated.risk
    reach = NORMAL_975 * float(np.hypot(risks.control.se, risks.treated.se))
    return AbsoluteChange(difference=fall, lower=fall - reach, upper=fall + reach)


def _counted(trial: TrialData, arm: str, inside: BoolArray) -> ArmRisks:
    """Return the crude risks of the outcome that is bad, among those whose outcome is known."""
    both, known = arms_of(trial, arm), inside & ~trial.outcome_missing
    bad = 1 - trial.outcome if trial.roles.higher_is_better else trial.outcome
    treated, control = (risk_of_counts(bad[group & known].sum(), (group & known).sum()) for group in _pair(both))
    return ArmRisks(treated=treated, control=control)


def _at_horizon(trial: TrialData, effects: EffectEstimate, asked: TrialPatients, arm: str) -> ArmRisks:
    if asked.chosen is not None:
        raise ValuationError(
            f"For a time to event the number needed to treat is given for everybody, but the slice "
            f"'{asked.chosen.name}' was asked for. Choose everybody."
        )
    horizon = effects.spec.horizon
    if horizon is None:
        raise ValueError("effects of a time to event have a horizon")
    both = arms_of(trial, arm)
    known = ~trial.outcome_missing
    treated, control = (_risk(trial, group & known, horizon) for group in _pair(both))
    return ArmRisks(treated=treated, control=control)


def _pair(both: Arms) -> tuple[BoolArray, BoolArray]:
    return both.treated, both.control


def _risk(trial: TrialData, group: BoolArray, horizon: float) -> ArmRisk:
    """Return the risk of the event by the horizon, or of its absence where the event is what is hoped for."""
    curve = kaplan_meier(trial.time[group], trial.event[group])
    free = float(step_value(curve, [horizon])[0])
    risk = 1 - free if trial.roles.higher_is_better else free
    return ArmRisk(risk=risk, se=float(step_value(curve, [horizon], column="se")[0]))
