"""Risks of a bad outcome in two arms, and the relative effect they show."""

from dataclasses import dataclass

import numpy as np

from ite.errors import ValuationError
from ite.trial.normal import NORMAL_975
from ite.value.baseline_risk import Measure, RelativeEffect


@dataclass(frozen=True, kw_only=True)
class ArmRisk:
    """Share of an arm with the bad outcome, and its standard error; fractions."""

    risk: float
    se: float


@dataclass(frozen=True, kw_only=True)
class ArmRisks:
    """Risks of the bad outcome with treatment and with control."""

    treated: ArmRisk
    control: ArmRisk


def risk_of_counts(bad: float, n: float) -> ArmRisk:
    """Return the risk of an arm from its bad outcomes and patients, with the binomial standard error."""
    share = bad / n
    return ArmRisk(risk=share, se=float(np.sqrt(share * (1 - share) / n)))


def relative_effect(measure: Measure, risks: ArmRisks) -> RelativeEffect:
    """Return the risk ratio or the odds ratio of two arms with 95 % limits; without events it has none.

    Limits by the delta method on the log scale, which for counts are those of Katz (risk ratio) and Woolf (odds ratio).
    Source: Katz et al. 1978, Biometrics 34:469-474; Woolf 1955, Annals of Human Genetics 19:251-253.

    Raises
    ------
    ValuationError
        Where a ratio would divide by 0.
    """
    treated, control = risks.treated, risks.control
    odds = measure == "odds ratio"
    if control.risk == 0 or (odds and max(treated.risk, control.risk) == 1):
        at = control.risk if control.risk == 0 else 1.0
        raise ValuationError(
            f"A {measure} needs some patients with and some without the bad outcome, but an arm has a risk of "
            f"{100 * at:g} %. Type the relative effect, or choose another one."
        )
    ratio = treated.risk / control.risk
    if odds:
        ratio *= (1 - control.risk) / (1 - treated.risk)
    if treated.risk == 0:
        return RelativeEffect(measure=measure, estimate=ratio)
    reach = NORMAL_975 * float(np.hypot(_log_se(treated, odds=odds), _log_se(control, odds=odds)))
    return RelativeEffect(
        measure=measure, estimate=ratio, lower=ratio * float(np.exp(-reach)), upper=ratio * float(np.exp(reach))
    )


def _log_se(arm: ArmRisk, *, odds: bool) -> float:
    return arm.se / (arm.risk * (1 - arm.risk)) if odds else arm.se / arm.risk
