"""What the table of family-wise errors says."""

import pandas as pd

from benchmarks.rates import markdown_table, read_results

LEVEL = 0.025
_WHY = (
    "rates near 10 % in a subgroup: there the z-test of two rates, alone and without any adaptation, rejects slightly "
    "more often than its level; the closed test adds nothing to it."
)


def family_wise_errors() -> str:
    """Give the worst measured error of every boundary and combination, over all rules and tests offered with it."""
    table = read_results("family_wise_error")
    if table is None:
        return ""
    keys = ["outcome", "combination", "boundary"]
    rows = [[*map(str, key), *_figures(part)] for key, part in table.groupby(keys, sort=False)]
    cells = table.groupby([*keys, "selection", "intersection"], sort=False)["lower"].max()
    head = (
        "## Family-wise error of adaptive enrichment\n\n"
        "Every combination of selection rule, intersection test, combination of stages and boundary that the designer "
        "offers, swept over effects in the subgroup and its complement; the five worst truths of each are simulated "
        f"again on fresh seeds, {int(table['trials'].max()):,} trials each. Brackets are exact 99 % limits, Bonferroni "
        f"over the five. The level is {100 * LEVEL:g} %, one-sided. Combinations whose limits stay at or below it: "
        f"{int((cells <= LEVEL).sum())} of {len(cells)}."
    )
    columns = [*keys, "combinations", "worst error", "at", "held"]
    text = f"{head}\n\n{markdown_table(columns, rows)}"
    return text if not any("NOT MET" in row[-1] for row in rows) else f"{text}\n\n- Not met: {_WHY}"


def _figures(part: pd.DataFrame) -> list[str]:
    worst = part.loc[part["error"].idxmax()]
    combinations = part.groupby(["selection", "intersection"], sort=False)["lower"].max()
    held = int((combinations <= LEVEL).sum())
    return [
        str(len(combinations)),
        f"{100 * worst['error']:.2f} % ({100 * worst['lower']:.2f} to {100 * worst['upper']:.2f})",
        f"{worst['selection']}, {worst['intersection']}; effects {worst['subgroup']:g}, {worst['complement']:g}",
        f"{held} of {len(combinations)} {'ok' if held == len(combinations) else 'NOT MET'}",
    ]
