"""Average benefit along a biomarker: a curve with a simultaneous band, or an effect for each level."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from ite.errors import SubgroupError
from ite.estimation.result import EffectEstimate
from ite.subgroup.axis import (
    arms_of,
    clusters_of,
    covariate,
    is_numeric,
    level_labels,
    resolve_arm,
)
from ite.subgroup.levels import MINIMUM_PER_LEVEL, LevelEffects, group_effects, quantile_groups
from ite.subgroup.spline import SplineFit, fit_spline, knots_for
from ite.subgroup.windows import MINIMUM_PER_ARM
from ite.subgroup.wording import JUMP_WORDS, curve_sentence, effect_p_value, levels_sentence, region_words
from ite.trial.data import BoolArray, FloatArray, TrialData

FEW_VALUES = 5
_RUG_BINS = 40


@dataclass(frozen=True, kw_only=True, eq=False)
class BiomarkerBenefit:
    """Average benefit of an arm along one biomarker; positive means benefit.

    Attributes
    ----------
    by, arm, scale : str
    kind : continuous or categorical
        Numbers with at most 5 different values count as categorical.
    curve : DataFrame
        value, estimate, lower, upper: curve with simultaneous 95 % band; empty for a categorical biomarker.
    regions : DataFrame
        region, n, n_treated, n_control, events, estimate, lower, upper, note: fifths (thirds, halves) or levels, with
        95 % intervals that hold for all rows together; NaN and a note where a row has too few patients.
    density : DataFrame
        value, width, patients: histogram of the biomarker; empty for a categorical one.
    n, missing : int
        Patients used, and patients without a value of the biomarker.
    p_value : float or None
        One test of any difference along the axis; only where the biomarker was declared pre-specified.
    critical_value : float
        Of the band, or of the intervals of the levels, on the normal scale.
    sentence, method : str
    """

    by: str
    arm: str
    scale: str
    kind: Literal["continuous", "categorical"]
    curve: pd.DataFrame
    regions: pd.DataFrame
    density: pd.DataFrame
    n: int
    missing: int
    p_value: float | None
    critical_value: float
    sentence: str
    method: str


def slice_benefit(
    trial: TrialData,
    effects: EffectEstimate,
    by: str,
    arm: str | None = None,
    seed: int = 0,
    *,
    prespecified: bool = False,
) -> BiomarkerBenefit:
    """Follow the average benefit of an arm along a biomarker.

    Estimates  mean doubly robust score given the biomarker; no learner is involved.
    Assumes    the biomarker was measured before treatment; missing values are left out and counted.
    Source     `ite.subgroup.spline`, `ite.subgroup.levels`.

    Raises
    ------
    SubgroupError
        Where `by` is not a covariate, the arm was not estimated, or too few patients have a value.
    """
    trial, arm = effects.patients_of(trial), resolve_arm(effects, arm)
    values = covariate(trial, by)
    known = np.asarray(values.notna(), dtype=bool)
    arms = arms_of(trial, arm)
    if arms.fewest(known) < MINIMUM_PER_ARM:
        raise SubgroupError(
            f"Expected at least {MINIMUM_PER_ARM} patients of each arm with a value of '{by}', but found "
            f"{arms.fewest(known)} in the smaller arm. Choose another biomarker."
        )
    if int(values.nunique()) < 2:
        raise SubgroupError(f"'{by}' has the same value in every patient, so nothing varies along it. Choose another.")
    if is_numeric(values) and int(values.nunique()) > FEW_VALUES:
        return _along(trial, effects, by, arm, seed, prespecified=prespecified)
    return _by_level(trial, effects, by, arm, prespecified=prespecified)


def _along(
    trial: TrialData, effects: EffectEstimate, by: str, arm: str, seed: int, *, prespecified: bool
) -> BiomarkerBenefit:
    numbers = covariate(trial, by).to_numpy(dtype=float, na_value=np.nan)
    known: BoolArray = np.isfinite(numbers)
    arms = arms_of(trial, arm)
    scores = effects.scores[arm].to_numpy(float)[known]
    fit = fit_spline(numbers[known], scores, knots_for(arms.fewest(known)), seed, clusters_of(effects, known))
    groups = {
        region_words(low, high): (numbers > low) & (numbers <= high) for low, high in quantile_groups(numbers, arms)
    }
    regions = group_effects(trial, effects, arm, arms, groups)
    curve = pd.DataFrame({name: getattr(fit, name) for name in ("value", "estimate", "lower", "upper")})
    missing = int((~known).sum())
    return BiomarkerBenefit(
        by=by,
        arm=arm,
        scale=effects.scale,
        kind="continuous",
        curve=curve,
        regions=regions.frame,
        density=_density(numbers[known]),
        n=int(known.sum()),
        missing=missing,
        p_value=fit.p_value if prespecified else None,
        critical_value=fit.critical_value,
        sentence=curve_sentence(by, arm, curve, effects.scale) + effect_p_value(fit.p_value, prespecified=prespecified),
        method=_curve_method(fit, by, missing),
    )


def _by_level(trial: TrialData, effects: EffectEstimate, by: str, arm: str, *, prespecified: bool) -> BiomarkerBenefit:
    values = covariate(trial, by)
    labels = level_labels(values, by)
    order = (
        [level_labels(pd.Series([value]), by).iloc[0] for value in np.unique(values.dropna())]
        if is_numeric(values)
        else [level for level in values.cat.categories if (labels == level).any()]
    )
    groups = {str(level): np.asarray(labels == level, dtype=bool) for level in order}
    levels = group_effects(trial, effects, arm, arms_of(trial, arm), groups)
    missing = int(values.isna().sum())
    return BiomarkerBenefit(
        by=by,
        arm=arm,
        scale=effects.scale,
        kind="categorical",
        curve=pd.DataFrame({name: np.empty(0) for name in ("value", "estimate", "lower", "upper")}),
        regions=levels.frame,
        density=pd.DataFrame({name: np.empty(0) for name in ("value", "width", "patients")}),
        n=trial.n - missing,
        missing=missing,
        p_value=levels.p_value if prespecified else None,
        critical_value=levels.critical_value,
        sentence=levels_sentence(by, arm, levels.frame, effects.scale)
        + effect_p_value(levels.p_value, prespecified=prespecified),
        method=_levels_method(levels, by, missing),
    )


def _density(values: FloatArray) -> pd.DataFrame:
    counts, edges = np.histogram(values, bins=_RUG_BINS)
    return pd.DataFrame({"value": edges[:-1], "width": np.diff(edges), "patients": counts})


def _missing_words(missing: int, by: str) -> str:
    return f" {missing:,} patients without a value of {by} are left out." if missing else ""


def _curve_method(fit: SplineFit, by: str, missing: int) -> str:
    return (
        f"Doubly robust scores regressed on a natural cubic spline of {by} with {fit.knots} knots, robust standard "
        "errors (HC3), simultaneous 95 % band between the 2.5 % and 97.5 % quantiles "
        f"(critical value {fit.critical_value:.2f}). "
        "The band allows for the whole axis, not for a choice among biomarkers. "
        + JUMP_WORDS
        + _missing_words(missing, by)
    )


def _levels_method(levels: LevelEffects, by: str, missing: int) -> str:
    return (
        f"Mean doubly robust score in each level of {by}, robust standard errors, 95 % intervals that hold for all "
        f"levels together (critical value {levels.critical_value:.2f}); levels with fewer than {MINIMUM_PER_LEVEL} "
        "patients in one arm are not estimated." + _missing_words(missing, by)
    )
