"""How many patients are treated for one more to be helped, and for one more to be harmed: from numbers or counts."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pydantic import Field

from ite.estimation.nnt import NumberNeededToTreat, number_needed_to_treat
from ite.value.arm_risks import ArmRisks, risk_of_counts
from ite.value.benefit_and_harm import BenefitAndHarm
from ite.value.fields import ValueSettings
from ite.value.icon_array import IconCounts
from ite.value.risk_difference import TwoRisks


class NumbersNeeded(ValueSettings):
    """Numbers needed to treat and to harm as a report gives them; `nnh` is None where harms are not known."""

    called = "Numbers needed"

    nnt: float = Field(ge=1, allow_inf_nan=False, title="Number needed to treat")
    nnh: float | None = Field(default=None, ge=1, allow_inf_nan=False, title="Number needed to harm")


class TwoArms(ValueSettings):
    """Counts of good outcomes and of harms in two arms.

    Attributes
    ----------
    outcomes
        Good outcomes, with treatment and with control.
    harms
        Patients harmed; None where harms were not counted.
    """

    called = "Counts of two arms"

    outcomes: TwoRisks = Field(title="Good outcomes")
    harms: TwoRisks | None = Field(default=None, title="Harms")


@dataclass(frozen=True, kw_only=True)
class AbsoluteChange:
    """A difference of two shares, treatment less control, as a fraction; limits are None where they are not known."""

    difference: float
    lower: float | None = None
    upper: float | None = None

    def number(self, *, good: bool) -> NumberNeededToTreat | None:
        """Return the number needed to treat with its interval, for a good outcome or a harm; None without limits."""
        if self.lower is None or self.upper is None:
            return None
        if good:
            return number_needed_to_treat(self.difference, self.lower, self.upper)
        return number_needed_to_treat(-self.difference, -self.upper, -self.lower)


@dataclass(frozen=True, kw_only=True)
class PatientsToTreat:
    """What treating does to people, in good outcomes gained and harms added.

    Attributes
    ----------
    gain : AbsoluteChange
        Of good outcomes; positive means benefit.
    harm : AbsoluteChange or None
        Of harms; positive means harm. None where harms are not known.
    risks : ArmRisks or None
        Crude risks of the bad outcome (of missing the good one) in the two arms; None where they are not known.
    """

    gain: AbsoluteChange
    harm: AbsoluteChange | None = None
    risks: ArmRisks | None = None

    @property
    def both(self) -> BenefitAndHarm:
        """Benefit and harm together; harms that are not known count as none."""
        return BenefitAndHarm(gain=self.gain.difference, harm=0.0 if self.harm is None else self.harm.difference)

    @property
    def likelihood_helped_or_harmed(self) -> float | None:
        """How many times likelier help is than harm; None where one of the two is not known or not there."""
        return None if self.harm is None else self.both.likelihood_helped_or_harmed

    def icons(self, people: int) -> IconCounts:
        """Return how many of 100 or 1,000 people are helped, harmed and unchanged."""
        return self.both.icons(people)

    @property
    def frame(self) -> pd.DataFrame:
        """One row for good outcomes and one for harms.

        difference, lower, upper (shares, treatment less control; NaN where not known) and patients_per_event: patients
        treated for one more, or where negative for one fewer; NaN where there is no difference.
        """
        changes = {"good outcomes": self.gain} | ({} if self.harm is None else {"harms": self.harm})
        return pd.DataFrame(
            [
                {
                    "outcome": outcome,
                    "difference": change.difference,
                    "lower": np.nan if change.lower is None else change.lower,
                    "upper": np.nan if change.upper is None else change.upper,
                    "patients_per_event": np.nan if change.difference == 0 else 1 / change.difference,
                }
                for outcome, change in changes.items()
            ]
        )


def patients_from_numbers(asked: NumbersNeeded) -> PatientsToTreat:
    """Return the changes that numbers needed to treat and to harm tell of, 1 / number each.

    Source: Laupacis, Sackett & Roberts 1988, NEJM 318:1728-1733.
    """
    harm = None if asked.nnh is None else AbsoluteChange(difference=1 / asked.nnh)
    return PatientsToTreat(gain=AbsoluteChange(difference=1 / asked.nnt), harm=harm)


def patients_from_arms(asked: TwoArms) -> PatientsToTreat:
    """Return the changes that two arms show, with Newcombe's 95 % limits (see `TwoRisks.interval`)."""
    counts = asked.outcomes
    risks = ArmRisks(
        treated=risk_of_counts(counts.n_treated - counts.events_treated, counts.n_treated),
        control=risk_of_counts(counts.n_control - counts.events_control, counts.n_control),
    )
    return PatientsToTreat(
        gain=_change(counts), harm=None if asked.harms is None else _change(asked.harms), risks=risks
    )


def _change(counts: TwoRisks) -> AbsoluteChange:
    lower, upper = counts.interval()
    return AbsoluteChange(difference=counts.difference, lower=lower, upper=upper)
