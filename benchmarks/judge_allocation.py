"""What the tables of allocations say: promised against delivered, and speed beside HiGHS."""

import numpy as np
import pandas as pd

from benchmarks.allocation_delivered import RULES
from benchmarks.rates import judged, markdown_table, read_results, unmet
from ite.trial.normal import NORMAL_975

_WORDS = {"most_benefit": "most benefit", "equal_offers": "equal offers", "by_lot": "by lot"}
_LEVEL = 0.05


def allocations() -> str:
    """Say how far from the truth is what an allocation promises, and what it delivers."""
    table = read_results("allocation_delivered")
    if table is None:
        return ""
    columns = ["trials of", "rule", "number", "promised too much", "delivered, error", "interval misses", "of a group"]
    rows = [
        [str(cell), _WORDS[rule], str(len(part)), *_cells(part, rule)]
        for cell, part in table.groupby("cell", sort=False)
        for rule in RULES
    ]
    rows += [
        [
            str(cell),
            "most benefit less a lot",
            str(len(part)),
            "-",
            _mean(part["gain_over_lot_error"]),
            _missed(part["gain_over_lot_error"] / part["gain_over_lot_se"]),
            "-",
        ]
        for cell, part in table.groupby("cell", sort=False)
    ]
    text = (
        "## Allocations: promised and delivered\n\n40 % of the candidates are offered treatment by rules learned with "
        "the fast learner on sequential folds. The truth is what the same rules bring the same patients by their true "
        "effects. Means over trials with their standard error, in units of the effect; intervals are 95 %."
    )
    return "\n\n".join(part for part in (text, markdown_table(columns, rows), unmet(columns, rows, {})) if part)


def allocation_speed() -> str:
    """Set the exact allocation beside HiGHS."""
    table = read_results("allocation_speed")
    if table is None:
        return ""
    columns = ["figure", "points", "CPU seconds", "HiGHS, CPU seconds a point", "times faster", "largest difference"]
    rows = [
        [
            str(row.figure),
            str(row.points),
            f"{row.cpu_seconds:.2f}",
            f"{row.highs_cpu_seconds_per_point:.1f}",
            f"{row.times_faster:,.0f}",
            f"{row.relative_difference:.0e}",
        ]
        for row in table.itertuples()
    ]
    text = (
        f"## Allocations: speed\n\n{int(table['patients'].iloc[0]):,} patients, three options of different cost, six "
        "groups; one core, one run. "
        "HiGHS solves single points of the same problem; a whole budget path is compared with 100 of them. The largest "
        "relative difference of the totals is given."
    )
    return f"{text}\n\n{markdown_table(columns, rows)}"


def _cells(part: pd.DataFrame, rule: str) -> list[str]:
    groups = [name.removeprefix(f"{rule}_se_") for name in part.columns if name.startswith(f"{rule}_se_")]
    deviates = pd.concat([part[f"{rule}_error_{group}"] / part[f"{rule}_se_{group}"] for group in groups])
    return [
        _mean(part[f"{rule}_promised"]),
        _mean(part[f"{rule}_error"]),
        _missed(part[f"{rule}_error"] / part[f"{rule}_se"]),
        f"{100 * float((deviates.abs() > NORMAL_975).mean()):.1f} % of {deviates.count()}",
    ]


def _mean(values: pd.Series) -> str:
    known = values.dropna()
    return f"{known.mean():.3f} ± {known.std() / np.sqrt(len(known)):.3f}"


def _missed(deviates: pd.Series) -> str:
    known = deviates.dropna()
    return judged(int((known.abs() > NORMAL_975).sum()), len(known), _LEVEL, at_most=True)
