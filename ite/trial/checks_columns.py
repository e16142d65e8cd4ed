"""Checks of single covariates: constant, identifier-like, of mixed types."""

import numpy as np
import pandas as pd

from ite.trial.data import TrialData
from ite.trial.findings import Finding, green, positions
from ite.trial.labels import shown, shown_list

NEARLY_UNIQUE = 0.5
FEWEST_TO_JUDGE = 20
SOME_NUMBERS = 0.2


def check_constant(trial: TrialData) -> list[Finding]:
    """Name covariates with a single value."""
    constant = tuple(str(name) for name, column in trial.covariates.items() if len(column.dropna().unique()) <= 1)
    if not constant:
        return [green("Constant covariates", "Every covariate varies between patients.")]
    every = len(constant) == len(trial.roles.covariates)
    return [
        Finding(
            light="red" if every else "amber",
            name="Constant covariates",
            sentence=f"All patients have the same value in {shown_list(constant)}.",
            columns=constant,
            remedy="Leave it out: it cannot tell patients apart.",
        )
    ]


def check_identifiers(trial: TrialData) -> list[Finding]:
    """Name covariates that number the patients or are nearly different for each of them."""
    suspects = tuple(str(name) for name, column in trial.covariates.items() if _looks_like_identifier(column))
    if not suspects:
        return [green("Identifiers", "No covariate looks like a patient number.")]
    return [
        Finding(
            light="amber",
            name="Identifiers",
            sentence=f"Nearly every patient has a value of their own in {shown_list(suspects)}, as in an identifier.",
            columns=suspects,
            remedy="Give it the role of the patient's id, or leave it out.",
        )
    ]


def _looks_like_identifier(column: pd.Series) -> bool:
    known = column.dropna()
    if len(known) < FEWEST_TO_JUDGE:
        return False
    if isinstance(column.dtype, pd.CategoricalDtype):
        return bool(known.nunique() > NEARLY_UNIQUE * len(known))
    values = known.to_numpy(dtype=np.float64)
    whole = bool((values == np.round(values)).all())
    # Whole numbers without repeats that fill their range are a count of the rows, not a measurement.
    return whole and len(np.unique(values)) == len(values) and float(np.ptp(values)) < 2 * len(values)


def check_mixed_types(trial: TrialData) -> list[Finding]:
    """Name categorical covariates in which numbers and words are mixed."""
    mixed, rows = [], np.zeros(trial.n, dtype=bool)
    for name, column in trial.covariates.items():
        if not isinstance(column.dtype, pd.CategoricalDtype):
            continue
        text = column.astype("str")
        number = pd.to_numeric(text, errors="coerce").notna().to_numpy() & column.notna().to_numpy()
        words = ~number & column.notna().to_numpy()
        if words.any() and number.sum() >= SOME_NUMBERS * column.notna().sum():
            mixed.append(str(name))
            rows |= words if words.sum() <= number.sum() else number
    if not mixed:
        return [green("Mixed types", "No covariate mixes numbers and words.")]
    first = int(np.flatnonzero(rows)[0])
    return [
        Finding(
            light="amber",
            name="Mixed types",
            sentence=f"Numbers and words are mixed in {shown_list(mixed)}, so each value is taken as a category "
            f"({shown(trial.frame[mixed[0]].iloc[first])} stands out first).",
            rows=positions(rows),
            columns=tuple(mixed),
            remedy="Correct or empty the cells that do not belong, so that the rest can be read as numbers.",
        )
    ]
