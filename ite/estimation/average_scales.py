"""The average effect on every scale on which it is defined: differences, ratios, and patients to treat.

All come from the same scores by arm, so that they tell one story in several units; none replaces another.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.estimation.average_effect import critical_value, mean_with_se
from ite.estimation.nnt import number_needed_to_treat
from ite.estimation.outcome import direction
from ite.estimation.ratio_scales import RatioScale, caution, ratio_scales, why_undefined
from ite.estimation.result import EffectEstimate
from ite.trial.data import FloatArray, IntArray, TrialData

COLUMNS = ("arm", "scale", "estimate", "lower", "upper", "null", "favours", "note")
_DIFFERENCES = {"binary": "risk difference", "continuous": "mean difference", "time_to_event": "RMST difference"}


@dataclass(frozen=True, kw_only=True, eq=False)
class _Pair:
    """Scores of a treated arm and of control, on the scale of the outcome as measured.

    Attributes
    ----------
    trial, position
        The trial, and the place of the treated arm.
    scores : array, shape (patients, 2)
        Of the treated arm and of control.
    cluster : array, shape (patients,), or None
    """

    trial: TrialData
    position: int
    scores: FloatArray
    cluster: IntArray | None

    @property
    def arm(self) -> str:
        return self.trial.arms[self.position]

    @property
    def reach(self) -> float:
        """Standard errors from an estimate to the end of its interval."""
        return critical_value(self.cluster)

    @property
    def benefit(self) -> tuple[float, float, float]:
        """Difference of the means turned so that positive is benefit, with its 95 % limits."""
        estimate, se = mean_with_se(direction(self.trial) * (self.scores[:, 0] - self.scores[:, 1]), self.cluster)
        return estimate, estimate - self.reach * se, estimate + self.reach * se

    def favoured(self, benefit: float, lower: float, upper: float) -> str:
        """Return the arm that an interval of benefit is on the side of."""
        if not math.isfinite(benefit):
            return "unknown"
        if lower > 0:
            return self.arm
        return self.trial.control if upper < 0 else "neither"


def average_on_scales(trial: TrialData, effects: EffectEstimate) -> pd.DataFrame:
    """Return the average effect of each treated arm on each scale that its kind of outcome has.

    The means of the arms are those of the doubly robust scores of each arm; their joint covariance (between clusters
    where the trial has them) gives the interval of a difference directly, and that of a ratio by the delta method on
    the logarithm. Differences are turned so that positive is benefit; ratios are treated over control of the outcome
    as measured. Ratios compare the arms as a whole: they are not those among patients alike.

    Returns
    -------
    DataFrame, one row per treated arm and scale
        arm, scale, estimate, lower, upper (95 %; NaN where undefined), null (the value of no effect), favours (the arm
        on whose side the interval lies, "neither", or "unknown"), note (what it is, or why it is undefined).

    Source: Altman 1998, BMJ 317:1309-1312 (patients to treat); Uno et al. 2014, J Clin Oncol 32:2380-2385 (restricted
    mean time gained and lost).
    """
    by_arm = direction(trial) * effects.known_scored().arm_scores
    scales = ratio_scales(trial, effects.spec.horizon)
    rows = []
    for position in range(1, len(trial.arms)):
        pair = _Pair(trial=trial, position=position, scores=by_arm[:, [position, 0]], cluster=effects.cluster)
        rows += [_difference(pair), *(_ratio(pair, scale) for scale in scales)]
        if trial.outcome_kind == "binary":
            rows.append(_patients(pair))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def ratio_error(scores: FloatArray, slopes: FloatArray, cluster: IntArray | None) -> float:
    """Return the standard error of a difference of two functions of means, by the delta method.

    Parameters
    ----------
    scores : array, shape (patients, 2)
        Their means are the two means.
    slopes : array, shape (2,)
        Derivative of the function at each mean.
    """
    return mean_with_se((scores - scores.mean(axis=0)) @ (slopes * np.array([1.0, -1.0])), cluster)[1]


def _difference(pair: _Pair) -> dict[str, object]:
    estimate, lower, upper = pair.benefit
    return {
        "arm": pair.arm,
        "scale": _DIFFERENCES[pair.trial.outcome_kind],
        "estimate": estimate,
        "lower": lower,
        "upper": upper,
        "null": 0.0,
        "favours": pair.favoured(estimate, lower, upper),
        "note": f"{pair.arm} against {pair.trial.control}; positive is benefit.",
    }


def _ratio(pair: _Pair, scale: RatioScale) -> dict[str, object]:
    means = pair.scores.mean(axis=0)
    reason = why_undefined(pair.trial, pair.position, scale)
    if reason is None and not all(scale.admits(float(mean)) for mean in means):
        reason = "Undefined: an estimated mean lies outside the values that this ratio allows."
    log_ratio, lower, upper = (math.nan,) * 3
    if reason is None:
        treated, control = (float(mean) for mean in means)
        log_ratio = scale.log(treated) - scale.log(control)
        se = ratio_error(pair.scores, np.array([scale.slope(treated), scale.slope(control)]), pair.cluster)
        lower, upper = log_ratio - pair.reach * se, log_ratio + pair.reach * se
    good = scale.rises * direction(pair.trial)
    meaning = scale.meaning.format(arm=pair.arm, control=pair.trial.control)
    side = f"{'Above' if good > 0 else 'Below'} 1 is benefit.{caution(pair.trial, pair.position)}"
    return {
        "arm": pair.arm,
        "scale": scale.name,
        "estimate": math.exp(log_ratio),
        "lower": math.exp(lower),
        "upper": math.exp(upper),
        "null": 1.0,
        "favours": pair.favoured(log_ratio, *sorted((good * lower, good * upper))),
        "note": f"{meaning} {side}" if reason is None else reason,
    }


def _patients(pair: _Pair) -> dict[str, object]:
    """Patients to treat; where the interval passes through infinity its ends are no lower and upper limit."""
    needed = number_needed_to_treat(*pair.benefit)
    through = needed.form == "NNTH to infinity to NNTB"
    ends = [math.nan if end is None or through else end for end in (needed.at_lower, needed.at_upper)]
    return {
        "arm": pair.arm,
        "scale": "number needed to treat",
        "estimate": math.nan if needed.nnt is None else needed.nnt,
        "lower": min(ends),
        "upper": max(ends),
        "null": math.inf,
        "favours": pair.favoured(*pair.benefit),
        "note": f"{needed.text}.{' The interval passes through infinity.' if through else ''}",
    }
