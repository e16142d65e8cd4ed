"""One column as numbers or as text, with the row named when it is neither."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api import types

from ite.errors import RoleError
from ite.trial.labels import label_text, shown, shown_rows

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

STRAY_SHARE = 0.8
MANY_NUMBERS = 10
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"


def is_number(column: pd.Series) -> bool:
    """Whether a column holds numbers; True/False counts as 0/1."""
    return bool(types.is_numeric_dtype(column) or types.is_bool_dtype(column)) and not types.is_complex_dtype(column)


def clean(column: pd.Series, name: str) -> pd.Series:
    """Return a column as float64, int64, bool, or stripped text with blanks missing; the index starts again at 0.

    Raises
    ------
    RoleError
        Where a cell holds neither a number nor a text (a list, say), or an infinite number.
    """
    column = column.reset_index(drop=True)
    if is_number(column):
        return _clean_numbers(column, name)
    if isinstance(column.dtype, pd.StringDtype):
        stripped = column.astype("str").str.strip()
        return stripped.where(stripped != "", None).rename(name)
    return _clean_objects(column.astype(object), name)


def _clean_objects(values: pd.Series, name: str) -> pd.Series:
    missing = values.isna().to_numpy(dtype=bool)
    for position, value in enumerate(values):
        if isinstance(value, list | tuple | dict | set | bytes | np.ndarray):
            raise RoleError(
                f"Column {shown(name)} should hold numbers or text, but {shown_rows([position])} holds a "
                f"{type(value).__name__}."
            )
    if not missing.all() and all(isinstance(value, bool | np.bool_) for value in values[~missing]):
        numbers = pd.Series(np.where(missing, np.nan, values.where(~missing, other=False).astype(float)), name=name)
        return numbers if missing.any() else numbers.astype(bool)
    text = values.where(missing, values[~missing].map(label_text)).where(~missing, None).astype("str")
    return text.where(text != "", None).rename(name)


def _clean_numbers(column: pd.Series, name: str) -> pd.Series:
    if types.is_bool_dtype(column) and not column.isna().any():
        return column.astype(bool).rename(name)
    if types.is_integer_dtype(column) and not column.isna().any():
        return column.astype("int64").rename(name)
    numbers = column.astype("float64")
    infinite = np.flatnonzero(np.isinf(numbers.to_numpy()))
    if infinite.size:
        raise RoleError(
            f"Column {shown(name)} holds an infinite number in {shown_rows(infinite)}; correct it or leave it empty."
        )
    return numbers.rename(name)


def as_text(column: pd.Series) -> pd.Series:
    """Return a clean column as text labels, missing where it was missing."""
    if not is_number(column):
        return column
    present = column.notna()
    return column.astype(object).where(~present, column[present].map(label_text)).where(present, None).astype("str")


def levels(column: pd.Series) -> list[str]:
    """Return the different values of a clean column as text labels, sorted."""
    return sorted(set(as_text(column.drop_duplicates()).dropna()))


def as_numbers(column: pd.Series, part: str) -> FloatArray:
    """Return a clean column as numbers, shape (n,), NaN where missing.

    Raises
    ------
    RoleError
        Naming the column, the row and the value of the first text that is not a number.
    """
    if is_number(column):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    numbers = parsed(column).to_numpy(dtype=np.float64, na_value=np.nan)
    stray = np.flatnonzero(np.isnan(numbers) & column.notna().to_numpy())
    if stray.size:
        raise RoleError(stray_sentence(column, stray, part))
    return numbers


def stray_sentence(column: pd.Series, positions: IntArray, part: str) -> str:
    """Return the sentence about text in a column of numbers."""
    first = int(positions[0])
    others = f" ({len(positions)} such rows)" if len(positions) > 1 else ""
    return (
        f"Column {shown(column.name)} ({part}) should hold numbers, but {shown_rows([first])} holds "
        f"{shown(column.iloc[first])}{others}; correct it or leave it empty."
    )


def covariate(column: pd.Series) -> pd.Series:
    """Return a clean column as float64, or as a category of text.

    A text column that is a column of numbers but for a few cells is not turned into hundreds of categories.

    Raises
    ------
    RoleError
        Naming the column, the row and the value of the first text among numbers.
    """
    if is_number(column):
        return column.astype("float64")
    numbers = parsed(column)
    if column.notna().any() and (numbers.notna() == column.notna()).all():
        return numbers.astype("float64")
    stray = stray_texts(column)
    if stray.size:
        raise RoleError(stray_sentence(column, stray, "covariate"))
    return column.astype("category")


def parsed(column: pd.Series) -> pd.Series:
    """Return texts as float64, missing where a text is no finite number."""
    fits = column.str.fullmatch(_NUMBER).to_numpy(dtype=bool, na_value=False)
    numbers = np.full(len(column), np.nan)
    numbers[fits] = column[fits].to_numpy(dtype=np.float64)  # parsing only these is far faster than trying them all
    return pd.Series(np.where(np.isfinite(numbers), numbers, np.nan), index=column.index, name=column.name)


def stray_texts(column: pd.Series) -> IntArray:
    """Return the positions of the texts in a text column that holds numbers but for a few cells; else none.

    It does so if at least four cells in five are numbers, and they are too many different ones to be codes.
    """
    numbers = parsed(column)
    found = numbers.dropna()
    near_unique = len(found) >= 4 and found.nunique() * 2 >= len(found)
    if len(found) < STRAY_SHARE * column.notna().sum() or not (found.nunique() > MANY_NUMBERS or near_unique):
        return np.empty(0, dtype=np.int64)
    return np.flatnonzero(numbers.isna() & column.notna())
