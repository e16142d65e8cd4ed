"""From effects to evidence: how sure we are that the effect differs between patients."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ite.estimation.average_effect import cluster_degrees, critical_value
from ite.estimation.features import encode
from ite.estimation.holm import holm
from ite.estimation.result import EffectEstimate
from ite.evaluation.basis import Basis, modifier_basis
from ite.evaluation.contrast import Contrast
from ite.evaluation.global_test import MaxTest, max_association
from ite.evaluation.rank_weights import autoc_weights, qini_weights
from ite.evaluation.relative_scale import relative_scale_test
from ite.evaluation.result import Evidence
from ite.evaluation.sequential import (
    TOC_FRACTIONS,
    SequentialFold,
    calibration_slope,
    combined,
    fifths,
    p_two_sided,
    sequential_folds,
    toc_band,
    top_minus_bottom,
)
from ite.evaluation.verdict import detectable_sd, verdict
from ite.trial.data import TrialData


def evaluate(trial: TrialData, effects: EffectEstimate) -> Evidence:
    """Judge the heterogeneity of the effects of each treated arm.

    The verdict rests on the primary test (`heterogeneity`); all else is shown beside it and cannot change it, but for
    the calibration slope, without whose support "evidence" is not said.

    Parameters
    ----------
    trial : TrialData
    effects : EffectEstimate
        Of the same trial.
    """
    trial = effects.patients_of(trial)
    if len(effects.scores) != trial.n or tuple(effects.ate.index) != trial.treated_arms:
        raise ValueError("these effects are not of this trial")
    features = encode(trial.covariates)
    basis = modifier_basis(features, trial.arm_index)
    arms = list(trial.treated_arms)
    tests = {arm: _test(effects, arm, basis) for arm in arms}
    folds = {
        arm: sequential_folds(
            effects.scores[arm].to_numpy(), effects.sequential[arm].to_numpy(), effects.fold, effects.cluster
        )
        for arm in arms
    }
    slope = _by_arm(arms, effects, lambda arm: calibration_slope(folds[arm]))
    return Evidence(
        heterogeneity=_heterogeneity(trial, effects, tests, slope),
        relative=relative_scale_test(trial, effects, features, basis),
        modifiers=pd.concat([_modifiers(arm, basis, tests[arm], len(arms)) for arm in arms], ignore_index=True),
        autoc=_by_arm(arms, effects, lambda arm: combined(folds[arm], autoc_weights)),
        qini=_by_arm(arms, effects, lambda arm: combined(folds[arm], qini_weights)),
        toc=pd.concat([_toc(arm, folds[arm], effects.spec.seed) for arm in arms], ignore_index=True),
        calibration=pd.concat([_calibration(arm, folds[arm], effects) for arm in arms], ignore_index=True),
        calibration_slope=slope,
        gates_contrast=_by_arm(arms, effects, lambda arm: combined(folds[arm], top_minus_bottom)),
        baseline_risk=_baseline_risk(effects),
    )


def _test(effects: EffectEstimate, arm: str, basis: Basis) -> MaxTest:
    return max_association(effects.scores[arm].to_numpy(), basis.columns, effects.spec.seed, effects.cluster)


def _by_arm(arms: list[str], effects: EffectEstimate, compute: Callable[[str], Contrast]) -> pd.DataFrame:
    """One row per arm: estimate, se, lower, upper, z, p_value; NaN where the learner predicts one common effect.

    With clusters by t with one degree of freedom fewer than there are clusters, as the average effect.
    """
    rows, degrees = {}, cluster_degrees(effects.cluster)
    for arm in arms:
        part = compute(arm)
        half_width = critical_value(effects.cluster) * part.se
        rows[arm] = {
            "estimate": part.estimate,
            "se": part.se,
            "lower": part.estimate - half_width,
            "upper": part.estimate + half_width,
            "z": part.z,
            "p_value": p_two_sided(part.z, degrees),
            "n": part.size,
        }
    return _indexed(rows)


def _indexed(rows: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame.from_dict(dict(rows), orient="index")
    table.index.name = "arm"
    return table


def _cell(table: pd.DataFrame, arm: str, column: str) -> float:
    return float(table[column].to_numpy(dtype=float)[table.index.get_loc(arm)])


def _heterogeneity(
    trial: TrialData, effects: EffectEstimate, tests: dict[str, MaxTest], slope: pd.DataFrame
) -> pd.DataFrame:
    adjusted = holm(np.array([test.p_value for test in tests.values()]))
    rows = {}
    for (arm, test), p_value in zip(tests.items(), adjusted, strict=True):
        rows[arm] = {
            "p_value": float(p_value),
            "p_unadjusted": test.p_value,
            "verdict": verdict(float(p_value), _cell(slope, arm, "lower"), trial.roles.design),
            "detectable_sd": detectable_sd(_cell(effects.ate, arm, "se"), test.critical_value),
            "statistic": test.statistic,
            "critical_value": test.critical_value,
            "n": trial.n,
        }
    return _indexed(rows)


def _modifiers(arm: str, basis: Basis, test: MaxTest, n_arms: int) -> pd.DataFrame:
    """Each covariate by its strongest column, strongest covariate first; untested ones last, unknown.

    The p-values hold over the covariates (single-step) and over the arms (Bonferroni).
    """
    columns = pd.DataFrame(
        {
            "covariate": basis.covariate,
            "strength": test.column_statistic,
            "p_value": np.minimum(test.column_p_value * n_arms, 1.0),
        }
    )
    tested = columns.sort_values("strength", ascending=False, kind="stable").drop_duplicates("covariate")
    untested = pd.DataFrame({"covariate": list(basis.untested), "strength": np.nan, "p_value": np.nan})
    table = pd.concat([tested, untested], ignore_index=True) if basis.untested else tested.reset_index(drop=True)
    return table.assign(arm=arm, ranked=table["strength"].rank(ascending=False, method="first"))[
        ["arm", "covariate", "strength", "p_value", "ranked"]
    ]


def _toc(arm: str, folds: list[SequentialFold], seed: int) -> pd.DataFrame:
    band = toc_band(folds, seed)
    return pd.DataFrame(
        {"arm": arm, "fraction": TOC_FRACTIONS, "estimate": band.estimate, "lower": band.lower, "upper": band.upper}
    )


def _calibration(arm: str, folds: list[SequentialFold], effects: EffectEstimate) -> pd.DataFrame:
    """Unshrunk prediction and mean score by fifth; shrunken ones would be calibrated by construction."""
    common, reach = _cell(effects.ate, arm, "estimate"), critical_value(effects.cluster)
    columns = ["arm", "fifth", "n", "predicted", "estimate", "lower", "upper"]
    return pd.DataFrame(
        [
            {
                "arm": arm,
                "fifth": position,
                "n": fifth.n,
                "predicted": common + fifth.predicted,
                "estimate": fifth.effect.estimate,
                "lower": fifth.effect.estimate - reach * fifth.effect.se,
                "upper": fifth.effect.estimate + reach * fifth.effect.se,
            }
            for position, fifth in enumerate(fifths(folds), start=1)
        ],
        columns=columns,
    )


def _baseline_risk(effects: EffectEstimate) -> pd.DataFrame:
    """Squared correlation of the ranking with baseline risk; NaN where either does not vary."""
    rows = {}
    for arm in effects.ranking.columns:
        ranking = effects.ranking[arm].to_numpy()
        varies = ranking.std() > 0 and effects.baseline_risk.std() > 0
        correlation = float(np.corrcoef(ranking, effects.baseline_risk)[0, 1]) if varies else float("nan")
        rows[arm] = {"r_squared": correlation**2, "n": len(ranking)}
    return _indexed(rows)
