"""Average benefit in each level of a categorical biomarker."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import f, norm

from ite.estimation.result import EffectEstimate
from ite.subgroup.axis import Arms, clusters_of, count_events, events_of
from ite.subgroup.contrast import MeanEffect, kurtosis, mean_effect
from ite.trial.data import BoolArray, FloatArray, TrialData

MINIMUM_PER_LEVEL = 10


@dataclass(frozen=True, kw_only=True, eq=False)
class LevelEffects:
    """Effects by level.

    Attributes
    ----------
    frame : DataFrame
        region, n, n_treated, n_control, events, estimate, lower, upper (NaN where not estimable), note (why not).
    critical_value : float
        On the normal scale, simultaneous over the estimable levels.
    p_value : float
        Interaction: robust test that all estimable levels have one effect; NaN with fewer than two.
    """

    frame: pd.DataFrame
    critical_value: float
    p_value: float


def group_effects(
    trial: TrialData, effects: EffectEstimate, arm: str, arms: Arms, groups: dict[str, BoolArray]
) -> LevelEffects:
    """Mean score in each of some disjoint groups, with intervals that hold for all groups together.

    Groups with fewer than 10 patients in one of the two arms are listed but not estimated.
    Source: Sidak 1967, JASA 62:626-633, for independent means; with clusters shared by groups it is conservative.
    """
    scores, events = effects.scores[arm].to_numpy(float), events_of(trial, effects)
    tails = kurtosis(scores)
    estimable = {label for label, group in groups.items() if arms.fewest(group) >= MINIMUM_PER_LEVEL}
    critical = float(norm.isf((1 - 0.95 ** (1 / max(len(estimable), 1))) / 2))
    rows, means = [], []
    for label, group in groups.items():
        row = {
            "region": label,
            "n": int(group.sum()),
            "n_treated": int((arms.treated & group).sum()),
            "n_control": int((arms.control & group).sum()),
            "events": count_events(events, group),
        }
        limits = (math.nan, math.nan, math.nan)
        note = f"not estimable: fewer than {MINIMUM_PER_LEVEL} patients in one arm"
        if label in estimable:
            mean = mean_effect(scores[group], tails, clusters_of(effects, group))
            means.append(mean)
            limits, note = (mean.estimate, *mean.interval(critical)), ""
        rows.append(row | dict(zip(("estimate", "lower", "upper"), limits, strict=True)) | {"note": note})
    return LevelEffects(frame=pd.DataFrame(rows), critical_value=critical, p_value=_interaction(means))


def _interaction(means: list[MeanEffect]) -> float:
    """Welch's test of equal means, from estimates, robust variances and their degrees of freedom.

    Source: Welch 1951, Biometrika 38:330-336.
    """
    usable = [mean for mean in means if mean.se > 0]
    groups = len(usable)
    if groups < 2:
        return math.nan
    weight = np.array([1 / mean.se**2 for mean in usable])
    estimate = np.array([mean.estimate for mean in usable])
    df = np.array([mean.df for mean in usable])
    pooled = float(weight @ estimate) / weight.sum()
    between = float(weight @ (estimate - pooled) ** 2) / (groups - 1)
    spread = float(np.sum((1 - weight / weight.sum()) ** 2 / df))
    statistic = between / (1 + 2 * (groups - 2) * spread / (groups**2 - 1))
    return float(f.sf(statistic, groups - 1, (groups**2 - 1) / (3 * spread)))


def quantile_groups(values: FloatArray, arms: Arms, per_arm: int = 20) -> list[tuple[float, float]]:
    """Bounds (above, up to and including) of fifths of a biomarker, or of thirds or halves where fifths are too small.

    The outer bounds are infinite. Equal values stay together, so there may be fewer regions.
    """
    known = np.isfinite(values)
    for parts in (5, 3, 2):
        edges = np.unique(np.quantile(values[known], np.arange(1, parts) / parts, method="inverted_cdf"))
        edges = edges[edges < values[known].max()]
        bounds = list(zip([-math.inf, *edges], [*edges, math.inf], strict=True))
        if all(arms.fewest((values > low) & (values <= high)) >= per_arm for low, high in bounds):
            return bounds
    return [(-math.inf, math.inf)]
