"""Whether the first row of a file holds one usable name for each column."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ite.errors import ReadError
from ite.trial.columns import is_number, parsed
from ite.trial.labels import shown, shown_list

_PROBED_ROWS = 50
_HEADER_REMEDY = "The first row must hold one name for each column, and the second the first patient."


def keep_named(names: Sequence[str], columns: Sequence[pd.Series]) -> tuple[list[pd.Series], list[str]]:
    """Return the columns that have a name, and notes on those that were left out for want of one.

    Left out are empty columns and a leading counter of rows; any other column without a name is an error.

    Raises
    ------
    ReadError
        Naming the place of the column without a name, the repeated name, or the values found instead of names.
    """
    notes: list[str] = []
    kept: list[pd.Series] = []
    for place, (name, column) in enumerate(zip(names, columns, strict=True), start=1):
        if name:
            kept.append(column.rename(name))
        elif not column.notna().any():
            notes.append(f"Column {place} has neither a name nor values and was left out.")
        elif place == 1 and _counts_rows(column):
            notes.append("The first column has no name and only counts the rows; it was left out.")
        else:
            raise _unnamed(place, column, columns)
    _check_names([str(column.name) for column in kept])
    return kept, notes


def _check_names(names: list[str]) -> None:
    numeric = [name for name in names if _is_number(name)]
    if names and len(numeric) * 2 > len(names):
        raise ReadError(
            f"The first row should hold the names of the columns, but holds numbers such as "
            f"{shown_list(numeric, limit=3)}; add a row of names above it."
        )
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        places = [place for place, name in enumerate(names, start=1) if name == repeated[0]]
        raise ReadError(
            f"The column name {shown(repeated[0])} occurs {len(places)} times (columns "
            f"{' and '.join(map(str, places[:2]))}); give each column its own name."
        )


def check_one_header_row(columns: Sequence[pd.Series]) -> None:
    """Refuse a second row of names or units under the first.

    Raises
    ------
    ReadError
        Where most columns of numbers begin with a text, naming one of them and that text.
    """
    candidates = [column for column in columns if isinstance(column.dtype, pd.StringDtype) and len(column) >= 3]
    begun = [column for column in candidates if _are_numbers(column.iloc[1:_PROBED_ROWS])]
    below = [column for column in begun if column.iloc[1:].notna().any() and _are_numbers(column.iloc[1:])]
    titled = [column for column in below if not pd.isna(column.iloc[0]) and not _is_number(str(column.iloc[0]))]
    if len(titled) >= 2 and len(titled) * 2 > len(below):
        raise ReadError(
            f"There seems to be a second header row: row 1 of column {shown(titled[0].name)} holds "
            f"{shown(titled[0].iloc[0])} above numbers. {_HEADER_REMEDY}"
        )


def _unnamed(place: int, column: pd.Series, columns: Sequence[pd.Series]) -> ReadError:
    first = [other.iloc[0] for other in columns if len(other) > 1]
    if first and all(isinstance(cell, str) and not _is_number(cell) for cell in first):
        return ReadError(
            f"Column {place} has no name, and row 1 holds {shown_list(first, limit=3)}, which look like a second "
            f"header row. {_HEADER_REMEDY}"
        )
    found = column.dropna().iloc[0]
    return ReadError(f"Column {place} has no name in the first row, but holds values such as {shown(found)}; name it.")


def _counts_rows(column: pd.Series) -> bool:
    numbers = column if is_number(column) else parsed(column)
    found = numbers.to_numpy(dtype=np.float64, na_value=np.nan)
    counter = np.arange(len(column))
    return bool(np.array_equal(found, counter) or np.array_equal(found, counter + 1))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _are_numbers(column: pd.Series) -> bool:
    return not (parsed(column).isna() & column.notna()).any()
