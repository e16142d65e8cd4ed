"""Other tests of whether the effect differs, beside the primary one: for comparison, never for the verdict."""

import pandas as pd

from ite.estimation.features import encode
from ite.estimation.result import EffectEstimate
from ite.evaluation.basis import modifier_basis
from ite.evaluation.permutation_test import permutation_test
from ite.evaluation.result import Evidence
from ite.trial.data import TrialData


def other_tests(trial: TrialData, effects: EffectEstimate, evidence: Evidence, arm: str) -> pd.DataFrame:
    """Return the p-values of the tests that look at the same question in their own way.

    Returns
    -------
    DataFrame
        test, looks_for, p_value (two-sided, unadjusted; NaN where the learner ranks nobody) and rests_on. The
        permutation test needs scores that could be exchanged between patients; with clusters they cannot, and it is
        left out.

    Raises
    ------
    EstimateError
        Where no covariate can be tested.
    """
    trial = effects.patients_of(trial)
    rows = [("primary test", "any covariate, whatever the noise", _p(evidence.heterogeneity, arm), "scores")]
    if effects.cluster is None:
        columns = modifier_basis(encode(trial.covariates), trial.arm_index).columns
        permuted = permutation_test(effects.scores[arm].to_numpy(dtype=float), columns, effects.spec.seed)
        same = "scores, permuted"
        rows += [
            ("permutation test, largest association", "one strong covariate", permuted.p_largest, same),
            ("permutation test, all associations", "many weak covariates", permuted.p_quadratic, same),
        ]
    held_out = "sequential folds of the learner"
    for test, table, looks_for in (
        ("calibration slope", evidence.calibration_slope, "a ranking whose size is right"),
        ("AUTOC", evidence.autoc, "a small group with a large benefit"),
        ("Qini", evidence.qini, "a broad trend along the ranking"),
        ("top minus bottom fifth", evidence.gates_contrast, "a difference between the ends"),
    ):
        rows.append((test, looks_for, float(table["p_value"].to_dict()[arm]), held_out))
    return pd.DataFrame(rows, columns=["test", "looks_for", "p_value", "rests_on"])


def _p(heterogeneity: pd.DataFrame, arm: str) -> float:
    return float(heterogeneity["p_unadjusted"].to_dict()[arm])
