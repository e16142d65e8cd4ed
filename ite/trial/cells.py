"""Cells of text as numbers where a whole column holds numbers."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from ite.errors import ReadError
from ite.trial.columns import STRAY_SHARE
from ite.trial.labels import shown, shown_list, shown_rows
from ite.trial.table import MAX_CELL_CHARACTERS

MISSING_CODES = ("", "na", "n/a", "#n/a", "nan", ".", "null")
SPREADSHEET_ERRORS = ("#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
EXACT_INTEGERS = 2**53

_COMMA_NUMBER = r"[+-]?\d+(?:,\d+)?(?:[eE][+-]?\d+)?"
_MAYBE_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")


def strip(column: pd.Series) -> tuple[pd.Series, tuple[str, ...]]:
    """Return a text column without spaces around and without missing codes, and the codes that were found.

    Raises
    ------
    ReadError
        Naming column and row of a cell that is too long or holds a spreadsheet's error.
    """
    text = column.str.strip()
    lengths = text.str.len()
    if lengths.max() > MAX_CELL_CHARACTERS:
        row = int(np.flatnonzero(lengths > MAX_CELL_CHARACTERS)[0])
        raise ReadError(
            f"A cell may hold {MAX_CELL_CHARACTERS:,} characters, but {shown_rows([row])} of column "
            f"{shown(column.name)} holds {int(lengths.iloc[row]):,}; look for a quotation mark that is not closed."
        )
    marked = text.str.startswith("#").to_numpy(dtype=bool, na_value=False)
    wrong = np.flatnonzero(marked)[text[marked].str.upper().isin(SPREADSHEET_ERRORS)]
    if wrong.size:
        raise ReadError(
            f"Column {shown(column.name)} holds the spreadsheet error {shown(text.iloc[wrong[0]])} in "
            f"{shown_rows(wrong)}; correct the formula or empty the cell."
        )
    missing = text.str.lower().isin(MISSING_CODES)
    codes = tuple(str(code) for code in text[missing].unique() if code and not pd.isna(code))
    return text.where(~missing, None), codes


def numbers(columns: Sequence[pd.Series]) -> tuple[list[pd.Series], list[str]]:
    """Return text columns as numbers where all their cells are, and notes on decimal commas and doubtful numbers.

    Decimal commas are read as such only where the file leaves no doubt; a thousands separator is never guessed.
    """
    typed = [_as_numbers(column) for column in columns]
    doubtful = [place for place, column in enumerate(typed) if _is_comma_column(column)]
    if not doubtful:
        return typed, []
    names = shown_list([typed[place].name for place in doubtful])
    if not any(_is_surely_decimal(typed[place]) for place in doubtful):
        note = (
            f"Numbers with a comma in column {names} may have a decimal comma or a thousands separator; they were kept "
            "as text. Write them without thousands separators to use them as numbers."
        )
        return typed, [note]
    if any(_has_decimal_point(column, before) for column, before in zip(typed, columns, strict=True)):
        note = (
            f"The file holds both decimal points and decimal commas (column {names}); the latter were kept as text. "
            "Write all numbers in one way to use them as numbers."
        )
        return typed, [note]
    for place in doubtful:
        typed[place] = _as_numbers(_with_points(typed[place]))
    return typed, [f"Decimal commas were read as such in column {names}."]


def _as_numbers(column: pd.Series) -> pd.Series:
    if not column.notna().any():
        return column.astype("float64")
    try:
        found = pd.to_numeric(column)  # stops at the first cell that is no number
    except ValueError:
        return column
    size = found.abs().max()
    return found if np.isfinite(size) and size <= EXACT_INTEGERS else column


def _text_cells(column: pd.Series) -> pd.Series:
    return column.dropna() if isinstance(column.dtype, pd.StringDtype) else pd.Series(dtype="str")


def _is_comma_column(column: pd.Series) -> bool:
    cells = _text_cells(column)
    if cells.empty or not cells.str.contains(",", regex=False).any():
        return False
    return bool(cells.str.fullmatch(_COMMA_NUMBER).mean() >= STRAY_SHARE)


def _is_surely_decimal(column: pd.Series) -> bool:
    cells = _text_cells(column)
    commas = cells[cells.str.contains(",", regex=False) & cells.str.fullmatch(_COMMA_NUMBER)]
    return not commas.map(lambda cell: _MAYBE_THOUSANDS.fullmatch(cell) is not None).all()


def _has_decimal_point(column: pd.Series, before: pd.Series) -> bool:
    return column.dtype == np.float64 and bool(before.str.contains(".", regex=False).any())


def _with_points(column: pd.Series) -> pd.Series:
    """Return the column with points for commas; a cell that is no number stays as it is, to be named later."""
    fits = column.str.fullmatch(_COMMA_NUMBER).fillna(value=False).astype(bool)
    return column.where(~fits, column.str.replace(",", ".", regex=False))
