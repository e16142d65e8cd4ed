"""Names and raw columns of a file, checked and typed: what every reader ends with."""

from collections.abc import Sequence

import pandas as pd

from ite.errors import ReadError
from ite.trial import cells, headers
from ite.trial.labels import shown, shown_list
from ite.trial.table import Table, check_size


def assemble(names: Sequence[str], columns: Sequence[pd.Series], *, name: str, kind: str, notes: list[str]) -> Table:
    """Return the table of these columns; text columns are typed, others are taken as they are.

    Parameters
    ----------
    names, columns
        A name for each column; a column is text or already typed. All have the same length.
    name, kind, notes
        Of the table.

    Raises
    ------
    ReadError
        Where names are missing, repeated or spread over two rows, or there is no patient or only one column.
    """
    rows = len(columns[0]) if columns else 0
    check_size(rows, len(columns), name)
    if not rows:
        raise ReadError(
            f"The file {shown(name)} has column names ({shown_list(list(names), limit=3)}) but no rows below them; "
            "it should have one row per patient."
        )
    found: dict[str, None] = {}
    raw: list[pd.Series] = []
    for place, (label, column) in enumerate(zip(names, columns, strict=True), start=1):
        text = column.rename(label.strip() or f"number {place}").reset_index(drop=True)
        if isinstance(column.dtype, pd.StringDtype):
            text, codes = cells.strip(text)
            found.update(dict.fromkeys(codes))
        raw.append(text)
    kept, left_out = headers.keep_named([label.strip() for label in names], raw)
    if len(kept) < 2:
        raise one_column(name, str(kept[0].name) if kept else "")
    headers.check_one_header_row(kept)
    typed, comma_notes = _typed(kept)
    if found:
        left_out.append(f"{shown_list(list(found))} was read as missing.")
    empty = [str(column.name) for column in typed if not column.notna().any()]
    if empty:
        left_out.append(f"Column {shown_list(empty)} has no values at all.")
    frame = pd.concat(typed, axis="columns")
    return Table(frame=frame, name=name, kind=kind, notes=(*notes, *left_out, *comma_notes))


def one_column(name: str, column: str) -> ReadError:
    """Return the error about a file that seems to have one column only."""
    return ReadError(
        f"The file {shown(name)} seems to have only one column, {shown(column)}; expected columns for treatment, "
        "outcome and covariates, in a text file separated by commas, semicolons, tabs or bars."
    )


def _typed(columns: list[pd.Series]) -> tuple[list[pd.Series], list[str]]:
    places = [place for place, column in enumerate(columns) if isinstance(column.dtype, pd.StringDtype)]
    numbers, notes = cells.numbers([columns[place] for place in places])
    typed = list(columns)
    for place, column in zip(places, numbers, strict=True):
        typed[place] = column
    return typed, notes
