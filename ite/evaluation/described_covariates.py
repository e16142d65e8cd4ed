"""Covariates as columns that have words: a number as it is, a category level by level."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from ite.trial.data import FloatArray

#: A level of fewer patients, or of all but so few, is not described.
FEWEST_PATIENTS = 10


class DescribedColumn(NamedTuple):
    """One column; level is None for a number (NaN where missing), else the 0/1 column of that level."""

    covariate: str
    level: str | None
    numbers: FloatArray


def described_columns(covariates: pd.DataFrame) -> list[DescribedColumn]:
    """Return a column for each number that varies and each level of a category; "missing" is a level of its own.

    Of two levels only the rarer has a column, for the other says the same.
    """
    columns: list[DescribedColumn] = []
    for covariate in covariates.columns:
        values, name = covariates[covariate], str(covariate)
        if pd.api.types.is_numeric_dtype(values):
            numbers = values.to_numpy(dtype=float)
            if np.nanmax(numbers) > np.nanmin(numbers):
                columns.append(DescribedColumn(name, None, numbers))
        else:
            columns += _levels(name, values)
    return columns


def _levels(name: str, values: pd.Series) -> list[DescribedColumn]:
    text = values.astype(object).where(values.notna(), "missing").astype(str)
    sizes = text.value_counts()
    enough = [str(level) for level, size in sizes.items() if FEWEST_PATIENTS <= size <= len(text) - FEWEST_PATIENTS]
    shown = enough[1:] if len(sizes) == 2 else enough
    return [DescribedColumn(name, level, np.where(text == level, 1.0, 0.0)) for level in shown]
