"""How strong a confounder that nobody measured would have to be to explain a trial's average effect away."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.errors import ValuationError
from ite.estimation.average_scales import average_on_scales
from ite.estimation.result import EffectEstimate
from ite.trial.data import TrialData
from ite.value.unmeasured_confounding import EValue, ObservedRatio, e_value, explaining_strength

#: Risk ratios of a confounder with treatment for which its ratio with the outcome is tabled.
WITH_TREATMENT = (1.25, 1.5, 2.0, 3.0, 5.0, 10.0)
#: Turns a mean difference in standard deviations into the logarithm of an approximate risk ratio.
_PER_SD = 0.91


@dataclass(frozen=True, kw_only=True, eq=False)
class HiddenConfounding:
    """What an unmeasured confounder would have to be like.

    Attributes
    ----------
    arm : str
    ratio, lower, upper : float
        Risk ratio of the arm against control with its 95 % interval, of the outcome as measured.
    approximate : bool
        Whether the ratio was made from a mean difference.
    value : EValue
    strength : DataFrame
        with_treatment, with_outcome, with_outcome_limit: risk ratios that a confounder needs together to move the
        estimate, and the limit nearest 1, to 1; infinite where no strength would do, 1 where none is needed.
    """

    arm: str
    ratio: float
    lower: float
    upper: float
    approximate: bool
    value: EValue
    strength: pd.DataFrame


def hidden_confounding(trial: TrialData, effects: EffectEstimate, arm: str) -> HiddenConfounding:
    """Return the E-value of an arm's average effect, and what pairs of associations would explain it away.

    A binary outcome gives a risk ratio of the doubly robust means. A mean difference d, in standard deviations of the
    outcome, stands for the risk ratio exp(0.91 d), which holds for an outcome that is nearly normal.

    Raises
    ------
    ValuationError
        For a time-to-event outcome, or where the risk ratio is undefined.

    Source: VanderWeele & Ding 2017, Annals of Internal Medicine 167:268-274.
    """
    trial = effects.patients_of(trial)
    if trial.outcome_kind == "time_to_event":
        raise ValuationError(
            "An E-value needs a risk ratio, but the outcome is a time to an event. Use whether the event had happened "
            "by a fixed time as the outcome."
        )
    approximate = trial.outcome_kind == "continuous"
    name = "mean difference" if approximate else "risk ratio"
    scales = average_on_scales(trial, effects)
    row = scales[(scales["arm"] == arm) & (scales["scale"] == name)].iloc[0]
    ratio, lower, upper = (float(row[part]) for part in ("estimate", "lower", "upper"))
    if approximate:
        spread = _pooled_sd(trial, arm)
        ratio, lower, upper = (math.exp(_PER_SD * part / spread) for part in (ratio, lower, upper))
    if not math.isfinite(ratio):
        raise ValuationError(f"An E-value needs a risk ratio of {arm}, which is not known here. {row['note']}")
    nearest = lower if ratio > 1 else upper
    return HiddenConfounding(
        arm=arm,
        ratio=ratio,
        lower=lower,
        upper=upper,
        approximate=approximate,
        value=e_value(ObservedRatio(risk_ratio=ratio, limit_nearest_1=nearest)),
        strength=_strength(ratio, nearest),
    )


def _pooled_sd(trial: TrialData, arm: str) -> float:
    """Return the standard deviation of the outcome within the two arms."""
    groups = [trial.outcome[trial.arm_index == trial.arms.index(name)] for name in (arm, trial.control)]
    known = [values[~np.isnan(values)] for values in groups]
    within = sum(float(np.sum((values - values.mean()) ** 2)) for values in known)
    return math.sqrt(within / (sum(len(values) for values in known) - 2))


def _strength(ratio: float, nearest: float) -> pd.DataFrame:
    crosses = (nearest - 1) * (ratio - 1) <= 0  # the interval holds 1 already, so that nothing is needed to move it
    return pd.DataFrame(
        {
            "with_treatment": WITH_TREATMENT,
            "with_outcome": explaining_strength(ratio, WITH_TREATMENT),
            "with_outcome_limit": explaining_strength(1.0 if crosses else nearest, WITH_TREATMENT),
        }
    )
