"""What the tables of curves and slices say."""

import pandas as pd

from benchmarks.rates import RESULTS, exact_interval, markdown_table
from benchmarks.slice_calibration import STUDIES

RATES = {
    "covered": 0.95,
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
    "curve_covered": "whole curve covered",
    "flat_rejected": "flat curve rejected",
    "difference_missed": "a difference missed",
    "mean_missed": "a mean missed",
    "pooled_difference_missed": "a difference missed, if folds were pooled (for comparison)",
    "covariate_difference_missed": "a difference along a covariate missed",
    "predicted_difference_missed": "a difference along predicted benefit missed",
}


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
        [
            str(row.study),
            str(row.cell),
            RATE_NAMES[row.rate],
            str(row.trials),
            _measured(row.value, row.lower99, row.upper99, met=bool(row.within)),
        ]
        for row in pd.concat(found).itertuples()
    ]
    text = (
        "## Benefit curves and slices\n\nA curve is covered if the band holds at every point; a truth is missed if the "
        "interval of any slice that could have been brushed on the axis is without it."
    )
    return f"{text}\n\n{markdown_table(['study', 'trials of', 'rate', 'trials', 'measured'], rows)}"


def _measured(value: float, lower: float, upper: float, *, met: bool) -> str:
    return f"{100 * value:.1f} % ({100 * lower:.1f} to {100 * upper:.1f}) {'ok' if met else 'NOT MET'}"
