"""Checks of rows and cells: duplicates, impossible values, codes that stand for missing."""

import re

import numpy as np
import pandas as pd

from ite.trial.data import TrialData
from ite.trial.findings import Finding, green, positions
from ite.trial.labels import shown, shown_list

_NEVER_NEGATIVE = {
    "age", "bmi", "cd4", "count", "counts", "days", "dose", "duration", "height", "karnofsky", "months", "nodes",
    "number", "pressure", "size", "weeks", "weight", "years",
}  # fmt: skip
_CODES = (-1.0, -7.0, -8.0, -9.0, -77.0, -88.0, -99.0, -999.0, -9999.0, 99.0, 999.0, 9999.0, 99999.0)
OLDEST = 120.0
FEWEST_COLUMNS = 3


def check_duplicates(trial: TrialData) -> list[Finding]:
    """One row per patient: no id twice, no row twice."""
    findings = []
    if trial.roles.id is not None:
        ids = trial.frame[trial.roles.id]
        repeated = (ids.duplicated(keep=False) & ids.notna()).to_numpy()
        if repeated.any():
            values = list(dict.fromkeys(ids[repeated]))
            findings.append(
                Finding(
                    light="red",
                    name="Duplicates",
                    sentence=f"{len(values)} patients have more than one row: {shown_list(values, limit=3)} in column "
                    f"{shown(trial.roles.id)}.",
                    rows=positions(repeated),
                    columns=(trial.roles.id,),
                    remedy="Keep one row per patient; if these are different patients, give them their own id.",
                )
            )
    rest = trial.frame.drop(columns=[trial.roles.id] if trial.roles.id else [])
    same = rest.duplicated(keep=False).to_numpy()
    if same.any() and rest.shape[1] >= FEWEST_COLUMNS:
        findings.append(
            Finding(
                light="amber",
                name="Equal rows",
                sentence=f"{int(same.sum())} rows are equal to another row in every column that is used.",
                rows=positions(same),
                remedy="Check that they are different patients.",
            )
        )
    return findings or [green("Duplicates", "No patient has two rows.")]


def check_impossible_values(trial: TrialData) -> list[Finding]:
    """Ages must lie between 0 and 120; counts, sizes and durations cannot be negative."""
    affected, ages_wrong, rows = [], False, np.zeros(trial.n, dtype=bool)
    for name, column in trial.covariates.items():
        if isinstance(column.dtype, pd.CategoricalDtype):
            continue
        words, values = set(re.split(r"[^a-z0-9]+", str(name).lower())), column.to_numpy(dtype=np.float64)
        age = "age" in words
        wrong = (values < 0) & bool(words & _NEVER_NEGATIVE) | (values > OLDEST) & age
        if words & {"change", "score", "z", "log", "centred", "centered", "standardised", "standardized"}:
            continue  # a transformed value may well be negative
        if wrong.any():
            affected.append(str(name))
            ages_wrong |= age
            rows |= wrong
    if not affected:
        return [green("Impossible values", "No age, count or duration is out of range.")]
    first = int(np.flatnonzero(rows)[0])
    value = trial.frame[affected[0]][rows].iloc[0]
    return [
        Finding(
            light="red" if ages_wrong else "amber",
            name="Impossible values",
            sentence=f"{int(rows.sum())} rows hold impossible values of {shown_list(affected)}, such as "
            f"{shown(value)} (first in row {first + 1}).",
            rows=positions(rows),
            columns=tuple(affected),
            remedy="Correct these cells, or leave them empty where the value is not known.",
        )
    ]


def check_missing_codes(trial: TrialData) -> list[Finding]:
    """Find values such as -99 or 999 that stand far outside the rest, and probably mean that a value is missing."""
    affected, rows = {}, np.zeros(trial.n, dtype=bool)
    for name, column in trial.covariates.items():
        if isinstance(column.dtype, pd.CategoricalDtype):
            continue
        values = column.to_numpy(dtype=np.float64)
        coded = _outlying_codes(values)
        if coded.any():
            affected[str(name)] = float(values[coded][0])
            rows |= coded
    if not affected:
        return [green("Codes for missing", "No covariate holds a code such as -99 or 999.")]
    words = ", ".join(f"{shown(name)} ({value:g})" for name, value in list(affected.items())[:5])
    return [
        Finding(
            light="amber",
            name="Codes for missing",
            sentence=f"Values far outside the rest look like a code for missing: {words}.",
            rows=positions(rows),
            columns=tuple(affected),
            remedy="Leave these cells empty if the value is not known.",
        )
    ]


def _outlying_codes(
    values: "np.ndarray[tuple[int], np.dtype[np.float64]]",
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    coded = np.isin(values, _CODES)
    rest = values[~coded & ~np.isnan(values)]
    if not coded.any() or len(rest) < 2:
        return np.zeros(len(values), dtype=bool)
    low, high = float(rest.min()), float(rest.max())
    margin = max(high - low, 1.0)
    # A code is negative among values that never are, or further from them than they are from each other.
    negative_alone = (values < 0) & (low >= 0)
    return coded & (negative_alone | (values > high + margin) | (values < low - margin))
