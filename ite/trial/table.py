"""A file as a table, before its columns have parts, and the limits of what is read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from ite.errors import ReadError
from ite.trial.labels import shown

MAX_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 400_000_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 2_000
MAX_CELLS = 30_000_000
MAX_CELL_CHARACTERS = 5_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """What was read from a file.

    Attributes
    ----------
    frame : DataFrame, one row per patient
        Columns in the order of the file: numbers, true/false, or stripped text with missing values.
    name : str
        Name of the file.
    kind : str
        What the file turned out to be, such as "CSV" or "Excel workbook".
    notes : tuple of str
        One plain sentence for each thing that was detected or decided, such as the delimiter.
    labels : mapping of str to str
        What the file itself calls a column, such as "Age at randomisation" for AGE; only columns that have a label.
    """

    frame: pd.DataFrame
    name: str
    kind: str
    notes: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


def check_bytes(size: int, name: str) -> None:
    """Refuse a file that is too large to be read.

    Raises
    ------
    ReadError
        Naming the size and the limit.
    """
    if size > MAX_BYTES:
        raise ReadError(
            f"The file {shown(name)} has {size / 1e6:,.1f} MB, more than the {MAX_BYTES / 1e6:.0f} MB that can "
            "be read; keep the columns of the analysis, or save it as Parquet."
        )


def check_unpacked(size: int, name: str) -> None:
    """Refuse a compressed file that would unpack to more than can be held.

    Raises
    ------
    ReadError
        Naming the size and the limit.
    """
    if size > MAX_UNPACKED_BYTES:
        raise ReadError(
            f"The file {shown(name)} would unpack to {size / 1e6:,.0f} MB, more than the "
            f"{MAX_UNPACKED_BYTES / 1e6:.0f} MB that can be read; keep the rows and columns of the analysis."
        )


def check_size(rows: int, columns: int, name: str) -> None:
    """Refuse a table that is too large to be worked with.

    Raises
    ------
    ReadError
        Naming the count and its limit.
    """
    if columns > MAX_COLUMNS:
        raise ReadError(
            f"The file {shown(name)} has {columns:,} columns, more than the {MAX_COLUMNS:,} that can be read; "
            "keep the columns of the analysis."
        )
    if rows > MAX_ROWS:
        raise ReadError(
            f"The file {shown(name)} has more than {MAX_ROWS:,} rows, the most that can be read; "
            "keep one row per patient."
        )
    if rows * columns > MAX_CELLS:
        raise ReadError(
            f"The file {shown(name)} has {rows:,} rows of {columns:,} columns, together more than the "
            f"{MAX_CELLS:,} cells that can be read; keep the columns of the analysis."
        )
