"""Turn the tables of benchmarks/results into RESULTS.md, each rate judged with its Monte-Carlo error.

    python -m benchmarks.judge

A rate is accepted if the exact 99 % binomial interval of its count contains the target, or lies below it for "at most".
"""

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

HERE = Path(__file__).parent
RESULTS = HERE / "results"
_NULLS = (
    "null_800",
    "null_300",
    "null_heteroscedastic",
    "null_skewed",
    "null_rare_category",
    "null_unequal_allocation",
    "null_binary",
    "null_survival",
)
_Z95 = float(stats.norm.ppf(0.975))


def main() -> None:
    """Write RESULTS.md from the tables that exist."""
    sections = [
        _preamble(),
        _type_one_errors(),
        _ate_coverage(),
        _power(),
        _one_modifier(),
        _learners(),
        _forest_size(),
    ]
    extra = HERE / "RESULTS_slices.md"
    if extra.exists():
        sections.append(extra.read_text(encoding="utf-8").strip())
    (HERE / "RESULTS.md").write_text("\n\n".join(section for section in sections if section) + "\n", encoding="utf-8")


def exact_interval(count: int, trials: int) -> tuple[float, float]:
    """Exact (Clopper-Pearson) 99 % interval of a rate."""
    lower = 0.0 if count == 0 else float(stats.beta.ppf(0.005, count, trials - count + 1))
    upper = 1.0 if count == trials else float(stats.beta.ppf(0.995, count + 1, trials - count))
    return lower, upper


def judged(count: int, trials: int, target: float, *, at_most: bool) -> str:
    """One cell: the rate, its exact 99 % interval, and whether the target is met."""
    lower, upper = exact_interval(count, trials)
    met = lower <= target if at_most else lower <= target <= upper
    return f"{100 * count / trials:.1f} % ({100 * lower:.1f} to {100 * upper:.1f}) {'ok' if met else 'NOT MET'}"


def _preamble() -> str:
    return (
        "# Measured\n\n"
        "Written by `python -m benchmarks.judge` from the tables in `benchmarks/results/`, one row per simulated "
        "trial. Brackets are exact 99 % binomial intervals; a rate is accepted where its interval contains the target "
        '(or lies below it, for "at most").'
    )


def _table(columns: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def _read(name: str) -> pd.DataFrame | None:
    path = RESULTS / f"{name}.csv"
    return pd.read_csv(path) if path.exists() else None


def _rejected(values: pd.Series) -> tuple[int, int]:
    known = values.dropna()
    return int((known.abs() > _Z95).sum()), len(known)


def _type_one_errors() -> str:
    rows = []
    for name in (*_NULLS, "null_fast", "null_default"):
        table = _read(f"calibration_{name}")
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
    text = """## Type-I error

Trials with a constant effect (constant risk difference, constant RMST difference). The verdict is other than "no
evidence" exactly where the primary test has p <= 0.05; it needs no learner, so its error is measured without one. AUTOC
to top minus bottom: two-sided tests at 5 % on sequential folds, with the fast and the default learner; trials in which
the learner predicts one common effect leave them undefined and are not counted."""
    return f"{text}\n\n{_table(columns, rows)}"


def _relative_scale() -> str:
    table = _read("relative_scale")
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
    return f"{text}\n\n{_table(['endpoint', 'trials', 'p <= 0.05', 'p <= 0.01'], rows)}"


def _ate_coverage() -> str:
    rows = []
    for kind in ("continuous", "binary", "survival"):
        table = _read(f"calibration_ate_{kind}")
        if table is None:
            continue
        truth = table["ate_truth"].mean()
        covered = int(((table["ate"] - truth).abs() <= _Z95 * table["ate_se"]).sum())
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
        "## Average effect\n\nn = 500, effect differing between patients, censoring that depends on covariates.\n\n"
        + _table(columns, rows)
    )


def _power() -> str:
    table = _read("power")
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
    return f"{text}\n\n{_table(columns, rows)}"


def _one_modifier() -> str:
    table = _read("calibration_one_modifier")
    if table is None:
        return ""
    found = int(((table["p_value"] <= 0.05) & (table["first_modifier"] == "x14")).sum())
    lower, upper = exact_interval(found, len(table))
    return (
        "## One modifier, effect SD 0.5, n = 800\n\n"
        f"Found (p <= 0.05) and ranked first in {100 * found / len(table):.1f} % of {len(table)} trials "
        f"({100 * lower:.1f} to {100 * upper:.1f})."
    )


def _learners() -> str:
    table = _read("learner_comparison")
    if table is None:
        return ""
    names = [column for column in table.columns if column not in ("cell", "effect", "seed")]
    rows = []
    for cell, part in table.groupby("cell", sort=False):
        for name in names:
            difference = part[name] - part["default"]
            se = difference.std() / np.sqrt(len(part))
            pooled = np.sqrt((part[name] ** 2).mean())
            rows.append(
                [
                    str(cell),
                    name,
                    f"{part[name].mean():.4f}",
                    f"{part['default'].mean() / part[name].mean():.3f}",
                    "-" if name == "default" else f"{difference.mean() / se:+.1f}",
                    f"{pooled:.4f}",
                ]
            )
    columns = [
        "cell",
        "prediction",
        "mean PEHE",
        "default / this",
        "paired z (positive: default is closer)",
        "root mean square",
    ]
    count = int(table.groupby("cell").size().min())
    return (
        f"## Predicted benefit against the truth\n\n{count} trials a cell. Predictions of the default are out of fold; "
        f"the peers saw all patients.\n\n{_table(columns, rows)}"
    )


def _forest_size() -> str:
    table = _read("forest_size")
    if table is None:
        return ""
    table = table.assign(relative=table["pehe"] / table["sd_of_effect"])
    means = table.groupby(["cell", "size"], sort=False)[["relative", "cpu_seconds"]].mean()
    first = table["size"].iloc[0]
    rows = []
    for (cell, size), row in means.iterrows():
        reference = means.loc[(cell, first)]
        rows.append(
            [str(cell), str(size), f"{row['relative']:.3f}", f"{row['cpu_seconds'] / reference['cpu_seconds']:.1f}"]
        )
    count = int(table.groupby(["cell", "size"]).size().min())
    columns = ["cell", "size", "PEHE / SD of the effect", "time relative to the smallest"]
    return f"## Size of the Bayesian causal forest\n\n{count} trials a cell, one fit each.\n\n{_table(columns, rows)}"


if __name__ == "__main__":
    main()
