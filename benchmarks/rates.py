"""Rates with their Monte-Carlo error, and the tables they are shown in."""

from pathlib import Path

import pandas as pd
from scipy import stats

RESULTS = Path(__file__).parent / "results"


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


def unmet(columns: list[str], rows: list[list[str]], reasons: dict[tuple[str, ...], str]) -> str:
    """Name the targets that are not met, each reason once; a reason belongs to the cells that have all of its words."""
    named: dict[str, list[str]] = {}
    for row in rows:
        labels = [cell for cell in row[:3] if not cell[:1].isdigit()]
        for column, cell in zip(columns, row, strict=True):
            if "NOT MET" in cell:
                name = ", ".join([*labels, column])
                found = [reason for words, reason in reasons.items() if all(word in name for word in words)]
                named.setdefault(found[0] if found else "No reason is known yet.", []).append(name)
    return "\n".join(f"- Not met: {'; '.join(names)}. {reason}" for reason, names in named.items())


def markdown_table(columns: list[str], rows: list[list[str]]) -> str:
    """Write rows of text as a Markdown table."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def read_results(name: str) -> pd.DataFrame | None:
    """Read a committed table; None where it has not been measured."""
    path = RESULTS / f"{name}.csv"
    return pd.read_csv(path) if path.exists() else None
