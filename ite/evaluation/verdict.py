"""From the primary test to one of three words."""

from scipy.stats import norm

from ite.evaluation.result import Verdict
from ite.trial.roles import Design

SUGGESTIVE_LEVEL = 0.05
EVIDENCE_LEVEL = 0.005
#: Power that "could have detected" means.
DETECTION_POWER = 0.8


def verdict(p_value: float, slope_lower: float, design: Design) -> Verdict:
    """Judge heterogeneity by the one primary test.

    "evidence" also needs that held-out patients support the predicted spread (lower 95 % bound of the sequential-fold
    slope above 0); observational analyses stop at "suggestive".
    """
    if not p_value <= SUGGESTIVE_LEVEL:  # an unknown p-value is no evidence
        return "no evidence"
    supported = slope_lower > 0
    if p_value > EVIDENCE_LEVEL or not supported or design == "observational":
        return "suggestive"
    return "evidence"


def detectable_sd(ate_se: float, critical_value: float) -> float:
    """Return the smallest SD of the effect that the test finds with 80 % power if it is a trend along one column.

    With correlation SD(effect) / SD(scores) the statistic is close to normal with mean SD(effect) / se, where se is the
    standard error of the average effect (SD(scores) / sqrt(n), or its clustered form).
    """
    return (critical_value + float(norm.ppf(DETECTION_POWER))) * ate_se
