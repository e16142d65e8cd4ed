"""A file as a table, before its columns have parts."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """What was read from a file.

    Attributes
    ----------
    frame : DataFrame, one row per patient
        Columns in the order of the file: numbers, or stripped text with missing values.
    name : str
        Name of the file.
    kind : str
        What the file turned out to be, such as "CSV" or "Excel workbook".
    notes : tuple of str
        One plain sentence for each thing that was detected or decided, such as the delimiter.
    """

    frame: pd.DataFrame
    name: str
    kind: str
    notes: tuple[str, ...] = ()
