"""What the tables of curves and slices say."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

from benchmarks.rates import RESULTS, exact_interval, markdown_table, read_results, unmet
from benchmarks.slice_calibration import STUDIES

RATES = {
    "covered": 0.95,
    "smoothed_covered": 0.95,
    "curve_covered": 0.95,
    "flat_rejected": 0.05,
    "difference_missed": 0.05,
    "mean_missed": 0.05,
    "pooled_difference_missed": None,
    "covariate_difference_missed": 0.05,
    "predicted_difference_missed": 0.05,
}


RATE_NAMES = {
    "covered": "whole curve covered",
    "smoothed_covered": "smoothed curve covered",
    "curve_covered": "whole curve covered",
    "flat_rejected": "flat curve rejected",
    "difference_missed": "a difference missed",
    "mean_missed": "a mean missed",
    "pooled_difference_missed": "a difference missed, if folds were pooled (for comparison)",
    "covariate_difference_missed": "a difference along a covariate missed",
    "predicted_difference_missed": "a difference along predicted benefit missed",
}

_JUMP = (
    "A smooth curve rounds off the corners of a jump; the band is for the smoothed curve, and the page says that a "
    "cut-off is to be read from the parts and slices."
)


def summarise(study: str) -> pd.DataFrame:
    """Rate, exact 99 % interval and verdict of each cell: at least 95 % covered, at most 5 % missed."""
    table = pd.read_csv(RESULTS / f"slice_{study}.csv")
    rows = []
    for cell, part in table.groupby("cell", sort=False):
        for name in [name for name in RATES if name in part]:
            target = RATES[name]
            known = part[name].dropna().astype(float)
            if name == "flat_rejected" and not str(cell).startswith("null"):
                continue
            count, trials = int(known.sum()), len(known)
            if trials == 0:
                continue
            lower, upper = exact_interval(count, trials)
            ok = target is None or (upper >= target if target > 0.5 else lower <= target)
            rows.append(
                {
                    "study": study,
                    "cell": cell,
                    "rate": name,
                    "trials": trials,
                    "value": count / trials,
                    "lower99": lower,
                    "upper99": upper,
                    "target": target,
                    "within": ok,
                }
            )
    return pd.DataFrame(rows)


def slices() -> str:
    """Coverage of the benefit curve and errors of brushed slices, one row per study, cell and rate."""
    found = [summarise(study) for study in STUDIES if (RESULTS / f"slice_{study}.csv").exists()]
    if not found:
        return ""
    rows = [
        [str(row["study"]), str(row["cell"]), RATE_NAMES[str(row["rate"])], str(row["trials"]), _measured(row)]
        for row in pd.concat(found).to_dict("records")
    ]
    text = (
        "## Benefit curves and slices\n\nA curve is covered if the band holds at every point; a truth is missed if the "
        "interval of any slice that could have been brushed on the axis is without it. The band is for the smoothed "
        "curve: what the same regression makes of the true effects. Only where the effect jumps do the two differ."
    )
    columns = ["study", "trials of", "rate", "trials", "measured"]
    parts = [text, markdown_table(columns, rows), unmet(columns, rows, {("threshold", "whole curve"): _JUMP})]
    return "\n\n".join(part for part in parts if part)


def _measured(row: dict[Hashable, Any]) -> str:
    limits = f"{100 * row['lower99']:.1f} to {100 * row['upper99']:.1f}"
    return f"{100 * row['value']:.1f} % ({limits}) {'ok' if row['within'] else 'NOT MET'}"


def knots() -> str:
    """Coverage, width and wiggle by the number of knots, where the effect jumps."""
    table = read_results("curve_knots")
    if table is None:
        return ""
    means = table.groupby(["n", "knots"], sort=False)[
        ["covered", "smoothed_covered", "width", "total_variation"]
    ].mean()
    rows = [
        [
            f"n = {size}, {count} knots",
            *[f"{100 * row[name]:.1f} %" for name in ("covered", "smoothed_covered")],
            f"{row['width']:.2f}",
            f"{row['total_variation']:.1f}",
        ]
        for (size, count), row in means.iterrows()
    ]
    columns = ["", "jump covered", "smoothed curve covered", "mean width of the band", "total rise and fall"]
    trials = int(table.groupby(["n", "knots"]).size().min())
    text = (
        f"## Knots of the benefit curve\n\nThe effect jumps from 0 to 0.5 at the median; {trials} trials a row. The "
        "page draws 9 knots: more hold the jump better, but in a wider band around a line that goes up and down for "
        "nothing (its true rise is 0.5)."
    )
    return f"{text}\n\n{markdown_table(columns, rows)}"
