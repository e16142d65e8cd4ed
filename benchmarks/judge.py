"""Turn the tables of benchmarks/results into RESULTS.md, each rate judged with its Monte-Carlo error.

    python -m benchmarks.judge

A rate is accepted if the exact 99 % binomial interval of its count contains the target, or lies below it for "at most".
"""

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import early_response
from benchmarks.judge_allocation import allocation_speed, allocations
from benchmarks.judge_design import design_speed
from benchmarks.judge_effects import intervals, learner_ranking, modifier_tests
from benchmarks.judge_enrolment import enrolment
from benchmarks.judge_evidence import forest_tests, targeting_bands
from benchmarks.judge_family_wise import family_wise_errors
from benchmarks.judge_learners import forest_sizes, learners
from benchmarks.judge_slices import knots, slices
from benchmarks.rates import exact_interval, judged, markdown_table, read_results, unmet
from ite.trial.normal import NORMAL_975

HERE = Path(__file__).parent
_NULLS = (
    "null_800",
    "null_300",
    "null_heteroscedastic",
    "null_skewed",
    "null_rare_category",
    "null_unequal_allocation",
    "null_binary",
    "null_survival",
    "null_clustered",
    "null_cluster_randomised",
    "null_cluster_covariate",
)
_AVERAGES = {
    "continuous": "ate_continuous",
    "binary": "ate_binary",
    "survival": "ate_survival",
    "continuous, 1 in 4 outcomes missing": "ate_missing_continuous",
    "binary, 1 in 4 outcomes missing": "ate_missing_binary",
    "continuous, clusters, patients randomised": "null_clustered",
    "continuous, clusters randomised": "null_cluster_randomised",
}
_SMALL_FOLDS = (
    "The folds are small, and there these tests reject a little too often. They stand beside the verdict: they can "
    "keep it from saying evidence, and never raise it."
)


def main() -> None:
    """Write RESULTS.md from the tables that exist."""
    sections = [
        _preamble(),
        _type_one_errors(),
        _relative_scale(),
        _ate_coverage(),
        _power(),
        _one_modifier(),
        modifier_tests(),
        learners(),
        learner_ranking(),
        forest_sizes(),
        intervals(),
        targeting_bands(),
        forest_tests(),
        slices(),
        knots(),
        enrolment(),
        family_wise_errors(),
        early_response.errors(read_results("early_response")),
        design_speed(),
        allocations(),
        allocation_speed(),
    ]
    (HERE / "RESULTS.md").write_text("\n\n".join(section for section in sections if section) + "\n", encoding="utf-8")


def _preamble() -> str:
    return (
        "# Measured\n\n"
        "Written by `python -m benchmarks.judge` from the tables in `benchmarks/results/`, one row per simulated "
        "trial. Brackets are exact 99 % binomial intervals; a rate is accepted where its interval contains the target "
        '(or lies below it, for "at most").'
    )


def _rejected(values: pd.Series) -> tuple[int, int]:
    known = values.dropna()
    return int((known.abs() > NORMAL_975).sum()), len(known)


def _type_one_errors() -> str:
    rows = []
    for name in (*_NULLS, "null_fast", "null_default"):
        table = read_results(f"calibration_{name}")
        if table is None:
            continue
        ranks = [f"{column}_z" for column in ("autoc", "qini", "slope", "gates")]
        rows.append(
            [
                name,
                str(len(table)),
                judged(int((table["p_value"] <= 0.05).sum()), len(table), 0.05, at_most=True),
                judged(int((table["p_value"] <= 0.005).sum()), len(table), 0.005, at_most=True),
                *[
                    judged(*_rejected(table[column]), 0.05, at_most=True) if column in table else "-"
                    for column in ranks
                ],
                f"{table['cpu_seconds'].median():.1f}",
            ]
        )
    if not rows:
        return ""
    columns = [
        "null trials",
        "trials",
        "p <= 0.05",
        "p <= 0.005",
        "AUTOC",
        "Qini",
        "slope",
        "top minus bottom",
        "CPU s",
    ]
    reasons = dict.fromkeys((("AUTOC",), ("Qini",), ("slope",), ("top minus bottom",)), _SMALL_FOLDS)
    text = """## Type-I error

Trials with a constant effect (constant risk difference, constant RMST difference). The verdict is other than "no
evidence" exactly where the primary test has p <= 0.05; it needs no learner, so its error is measured without one. AUTOC
to top minus bottom: two-sided tests at 5 % on sequential folds, with the fast and the default learner; trials in which
the learner predicts one common effect leave them undefined and are not counted. Trials with clusters have 60 of 10
patients each with intracluster correlation 0.1: patients randomised, clusters randomised, and clusters randomised with
one covariate that belongs to the cluster."""
    parts = [text, markdown_table(columns, rows), unmet(columns, rows, reasons)]
    return "\n\n".join(part for part in parts if part)


def _relative_scale() -> str:
    table = read_results("relative_scale")
    if table is None:
        return ""
    rows = [
        [
            str(endpoint),
            str(len(part)),
            *[judged(int((part["p_value"] <= level).sum()), len(part), level, at_most=True) for level in (0.05, 0.01)],
        ]
        for endpoint, part in table.groupby("endpoint")
    ]
    text = (
        "## Type-I error on the relative scale\n\nTrials with a constant odds ratio or hazard ratio and strong "
        "prognosis, n = 800."
    )
    return f"{text}\n\n{markdown_table(['endpoint', 'trials', 'p <= 0.05', 'p <= 0.01'], rows)}"


def _ate_coverage() -> str:
    rows = []
    for kind, name in _AVERAGES.items():
        table = read_results(f"calibration_{name}")
        if table is None:
            continue
        truth = table["ate_truth"].mean()
        covered = int(((table["ate"] - truth).abs() <= NORMAL_975 * table["ate_se"]).sum())
        rows.append(
            [
                kind,
                str(len(table)),
                judged(covered, len(table), 0.95, at_most=False),
                f"{truth:.4g}",
                f"{table['ate'].mean() - truth:.2g} (se {table['ate'].std() / np.sqrt(len(table)):.2g})",
            ]
        )
    if not rows:
        return ""
    columns = ["outcome", "trials", "95 % interval covers the population effect", "population effect", "bias"]
    return (
        "## Average effect\n\nn = 500, effect differing between patients; censoring, and outcomes that are missing, "
        "depend on covariates and arm. Clusters: the trials without effect modification above, n = 600.\n\n"
        + markdown_table(columns, rows)
    )


def _power() -> str:
    table = read_results("power")
    if table is None:
        return ""
    rates = table.assign(**{column: table[column] <= 0.05 for column in ("p_primary", "p_all_interactions", "p_holm")})
    means = rates.groupby("cell")[["p_primary", "p_all_interactions", "p_holm"]].mean()
    means.loc["mean of all cells"] = means.mean()
    rows = [
        [str(cell), *[f"{100 * value:.1f} %" for value in row], f"{row.iloc[0] / max(row.iloc[1:]):.2f}"]
        for cell, row in means.iterrows()
    ]
    columns = [
        "trials",
        "primary test",
        "F test of all interactions",
        "Holm, one at a time",
        "ratio to the better peer",
    ]
    count = int(table.groupby("cell").size().min())
    text = f"## Power at 5 %\n\n{count} trials a cell, 30 covariates, same trials for all tests."
    return f"{text}\n\n{markdown_table(columns, rows)}"


def _one_modifier() -> str:
    table = read_results("calibration_one_modifier")
    if table is None:
        return ""
    found = int(((table["p_value"] <= 0.05) & (table["first_modifier"] == "x14")).sum())
    lower, upper = exact_interval(found, len(table))
    return (
        "## One modifier, effect SD 0.5, n = 800\n\n"
        f"Found (p <= 0.05) and ranked first in {100 * found / len(table):.1f} % of {len(table)} trials "
        f"({100 * lower:.1f} to {100 * upper:.1f})."
    )


if __name__ == "__main__":
    main()
