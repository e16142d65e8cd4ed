"""Number needed to treat, with an interval that stays right when the effect may be zero.

It stands below both the evidence and the subgroups, which use it alike.
"""

import math
from dataclasses import dataclass
from typing import Literal

from ite.trial.normal import NORMAL_975

Label = Literal["NNTB", "NNTH"]
Form = Literal["NNTB to NNTB", "NNTH to NNTH", "NNTH to infinity to NNTB"]


@dataclass(frozen=True, kw_only=True)
class NumberNeededToTreat:
    """Patients to treat for one more to benefit (NNTB) or to be harmed (NNTH).

    Attributes
    ----------
    reduction, lower, upper
        Absolute risk reduction and its 95 % limits, as fractions; positive means benefit.
    nnt, label
        1 / |reduction| and its direction; both None where the reduction is 0.
    form
        How the interval runs. Where the limits of the reduction differ in sign it passes through infinity.
    at_lower, at_upper
        1 / |limit| at the lower and the upper limit of the reduction; None (infinity) where the limit is 0.

    Source: Altman 1998, BMJ 317:1309-1312.
    """

    reduction: float
    lower: float
    upper: float
    nnt: float | None
    label: Label | None
    form: Form
    at_lower: float | None
    at_upper: float | None

    @property
    def text(self) -> str:
        """The number and its interval in words, such as "NNTB 7 (95 % interval NNTB 4 to NNTB 57)"."""
        point = "no difference" if self.nnt is None else f"{self.label} {_patients(self.nnt)}"
        low, high = _patients(self.at_lower), _patients(self.at_upper)
        if self.form == "NNTB to NNTB":
            span = f"NNTB {high} to NNTB {low}"
        elif self.form == "NNTH to NNTH":
            span = f"NNTH {low} to NNTH {high}"
        else:
            span = f"NNTH {low} to infinity to NNTB {high}"
        return f"{point} (95 % interval {span})"


def number_needed_to_treat(reduction: float, lower: float, upper: float) -> NumberNeededToTreat:
    """Turn an absolute risk reduction and its 95 % limits (fractions, positive = benefit) into a number to treat.

    Raises ValueError where the limits do not enclose the reduction.
    """
    if not lower <= reduction <= upper:
        raise ValueError(f"limits {lower} and {upper} do not enclose the reduction {reduction}")
    form: Form = "NNTH to infinity to NNTB"
    if lower > 0:
        form = "NNTB to NNTB"
    elif upper < 0:
        form = "NNTH to NNTH"
    label: Label | None = None
    if reduction != 0:
        label = "NNTB" if reduction > 0 else "NNTH"
    return NumberNeededToTreat(
        reduction=reduction,
        lower=lower,
        upper=upper,
        nnt=_inverse(reduction),
        label=label,
        form=form,
        at_lower=_inverse(lower),
        at_upper=_inverse(upper),
    )


def wald_risk_reduction(
    *, events_treated: int, n_treated: int, events_control: int, n_control: int
) -> tuple[float, float, float, float]:
    """Absolute risk reduction of a bad event: estimate, unpooled standard error, lower and upper 95 % Wald limits.

    Raises ValueError where an arm is empty or has more events than patients.
    """
    if not (0 <= events_treated <= n_treated and 0 <= events_control <= n_control and min(n_treated, n_control) > 0):
        raise ValueError("each arm needs at least one patient and no more events than patients")
    treated, control = events_treated / n_treated, events_control / n_control
    reduction = control - treated
    se = math.sqrt(treated * (1 - treated) / n_treated + control * (1 - control) / n_control)
    return reduction, se, reduction - NORMAL_975 * se, reduction + NORMAL_975 * se


def _inverse(value: float) -> float | None:
    return None if value == 0 else 1 / abs(value)


def _patients(value: float | None) -> str:
    return "infinity" if value is None else f"{math.ceil(value - 1e-9):,}"
