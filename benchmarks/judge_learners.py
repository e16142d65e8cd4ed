"""What the tables of the learners say."""

import numpy as np
import pandas as pd

from benchmarks.rates import markdown_table, read_results


def learners() -> str:
    """Predicted benefit against the truth, paired by trial."""
    table = read_results("learner_comparison")
    if table is None:
        return ""
    names = [column for column in table.columns if column not in ("cell", "effect", "seed")]
    rows = []
    for cell, part in table.groupby("cell", sort=False):
        for name in names:
            difference = part[name] - part["default"]
            se = difference.std() / np.sqrt(len(part)) or np.nan
            pooled = np.sqrt((part[name] ** 2).mean())
            rows.append(
                [
                    str(cell),
                    name,
                    f"{part[name].mean():.4f}",
                    f"{part['default'].mean() / part[name].mean():.3f}",
                    "-" if name == "default" or np.isnan(se) else f"{difference.mean() / se:+.1f}",
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
    return (
        "## Predicted benefit against the truth\n\nPredictions of the default are out of fold; the peers saw all "
        f"patients. Trials: {_counts(table)}.\n\n{markdown_table(columns, rows)}\n\n{_constant_effects(table)}"
    )


def _counts(table: pd.DataFrame) -> str:
    sizes = table.groupby("cell", sort=False).size()
    return "; ".join(f"{count} with {cell}" for cell, count in sizes.items())


def _constant_effects(table: pd.DataFrame) -> str:
    """Say what shrinkage does where the effect is the same for all: the average's error stays, the spread goes."""
    rows = []
    for cell, part in table[table["effect"] == "constant"].groupby("cell", sort=False):
        square = (part[["common effect", "default", "default, unshrunk"]] ** 2).mean()
        left = (square["default"] - square["common effect"]) / (square["default, unshrunk"] - square["common effect"])
        common = np.isclose(part["default"], part["common effect"], rtol=1e-5).mean()
        rows.append([str(cell), *(f"{np.sqrt(value):.4f}" for value in square), f"{left:.2f}", f"{100 * common:.0f} %"])
    columns = ["cell", "error of the average", "shrunk", "unshrunk", "spread left (mean square)", "one common effect"]
    return (
        "Where the effect is constant, predictions err by the average effect's own error, which no shrinkage can mend, "
        "and by their spread. The last columns say how much of the squared spread is left, and in how many trials "
        f"everybody is told one common effect.\n\n{markdown_table(columns, rows)}"
    )


def forest_sizes() -> str:
    """Error and time of the forest by its size."""
    table = read_results("forest_size")
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
    text = f"## Size of the Bayesian causal forest\n\n{count} trials a cell, one fit each."
    return f"{text}\n\n{markdown_table(columns, rows)}"
