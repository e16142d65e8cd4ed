"""What the tables of the learners say."""

import numpy as np

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
        f"the peers saw all patients.\n\n{markdown_table(columns, rows)}"
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
