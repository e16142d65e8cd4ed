"""Checks of what is missing, in the outcome and in the covariates, and of levels seen in one arm only."""

import numpy as np
import pandas as pd
from scipy import stats

from ite.trial.data import BoolArray, TrialData
from ite.trial.findings import Finding, arm_counts, green, percent, positions
from ite.trial.labels import shown, shown_list

CHANCE = 0.01
MOSTLY_MISSING = 0.5


def missing_by_arm_p_value(missing: BoolArray, trial: TrialData) -> float:
    """Test whether the same share is missing in each arm: Fisher's exact test for two arms, else chi-square."""
    if missing.all() or not missing.any():
        return 1.0
    arms = len(trial.arms)
    table = np.array([np.bincount(trial.arm_index[part], minlength=arms) for part in (missing, ~missing)])
    if arms == 2:
        return float(stats.fisher_exact(table).pvalue)
    return float(stats.chi2_contingency(table, correction=False).pvalue)


def check_outcome_missing(trial: TrialData) -> list[Finding]:
    """Count missing outcomes by arm and test whether they are equally frequent."""
    missing = trial.outcome_missing
    column = trial.roles.outcome or trial.roles.time or ""
    if not missing.any():
        return [green("Missing outcomes", "Every patient has an outcome.")]
    counts = np.bincount(trial.arm_index[missing], minlength=len(trial.arms))
    p_value = missing_by_arm_p_value(missing, trial)
    unequal = f", more in one arm than chance explains (p = {p_value:.2g})" if p_value < CHANCE else ""
    return [
        Finding(
            light="red" if missing.mean() > MOSTLY_MISSING else "amber",
            name="Missing outcomes",
            sentence=f"The outcome is missing for {int(missing.sum())} of {trial.n} patients, "
            f"{percent(missing.mean())} ({arm_counts(trial.arms, counts)}){unequal}.",
            rows=positions(missing),
            columns=(column,),
            remedy="Recover them where possible; the scores weight the observed patients by how likely they were to be "
            "observed, given covariates and arm.",
        )
    ]


def check_covariates_missing(trial: TrialData) -> list[Finding]:
    """Name covariates mostly missing, and those missing more often in one arm."""
    missing = trial.covariates.isna()
    touched = [str(name) for name in missing if missing[name].any()]
    if not touched:
        return [green("Missing covariates", "No covariate has missing values.")]
    findings = []
    mostly = tuple(name for name in touched if missing[name].mean() > MOSTLY_MISSING)
    if mostly:
        findings.append(
            Finding(
                light="amber",
                name="Missing covariates",
                sentence=f"More than half of the values are missing in {shown_list(mostly)}.",
                columns=mostly,
                remedy="Leave it out of the covariates, unless being measured itself says something about the patient.",
            )
        )
    tests = {name: missing_by_arm_p_value(missing[name].to_numpy(), trial) for name in touched}
    unequal = tuple(name for name, p_value in tests.items() if p_value < CHANCE / len(tests))
    if unequal:
        rows = missing[list(unequal)].any(axis=1).to_numpy()
        findings.append(
            Finding(
                light="amber",
                name="Missing by arm",
                sentence=f"Values of {shown_list(unequal)} are missing more often in one arm than in another "
                f"(smallest p = {min(tests.values()):.2g}), as if measured after randomisation.",
                rows=positions(rows),
                columns=unequal,
                remedy="Leave it out if it was not measured at baseline.",
            )
        )
    shares = {name: float(missing[name].to_numpy().mean()) for name in touched}
    most = max(touched, key=shares.__getitem__)
    return findings or [
        green(
            "Missing covariates",
            f"Values are missing in {shown_list(touched)}, equally often in the arms; most in {shown(most)} "
            f"({percent(shares[most])}). They are filled by rule and nobody is dropped.",
        )
    ]


def check_levels_in_one_arm(trial: TrialData) -> list[Finding]:
    """Name the levels of categorical covariates that an arm has no patient of."""
    affected, rows = {}, np.zeros(trial.n, dtype=bool)
    for name, column in trial.covariates.items():
        if not isinstance(column.dtype, pd.CategoricalDtype):
            continue
        table = pd.crosstab(column, trial.arm_index)
        absent = [str(level) for level in table.index[(table == 0).any(axis=1)]]
        if absent:
            affected[str(name)] = absent
            rows |= column.isin(absent).to_numpy()
    if not affected:
        return [green("Levels in every arm", "Every level of every categorical covariate occurs in each arm.")]
    words = "; ".join(f"{shown(name)}: {shown_list(levels, limit=3)}" for name, levels in list(affected.items())[:5])
    return [
        Finding(
            light="amber",
            name="Levels in every arm",
            sentence=f"Some levels do not occur in every arm ({words}), {int(rows.sum())} patients in all.",
            rows=positions(rows),
            columns=tuple(affected),
            remedy="Merge rare levels, or leave the covariate out; no effect can be seen in a level of one arm.",
        )
    ]
