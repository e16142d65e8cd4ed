"""Excel workbooks: the values of one sheet; formulas are never computed."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

import pandas as pd

from ite.errors import ReadError
from ite.trial.assembling import assemble
from ite.trial.labels import label_text, shown, shown_list
from ite.trial.table import Table, check_size, check_unpacked

_MAX_MEMBERS = 5_000
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_FAR_REFERENCE = re.compile(rb'\sr="[A-Za-z]{4,}\d')
_FORMULA = re.compile(rb"<f[\s>/]")
_BLOCK = 1 << 20

Row = tuple[Any, ...]


def read_spreadsheet(data: bytes, name: str, *, sheet: str | None = None) -> Table:
    """Return the table in one sheet of a workbook, by default the first.

    Raises
    ------
    ReadError
        Naming the sheet, row or column that does not fit; or where the workbook is damaged or unpacks to too much.
    """
    try:
        formulas = _inspect(data, name)
        return _read(data, name, sheet, formulas=formulas)
    except ReadError:
        raise
    except Exception as error:  # a damaged workbook makes zipfile and openpyxl raise whatever they stumble over
        raise _damaged(name) from error


def _damaged(name: str) -> ReadError:
    return ReadError(f"The workbook {shown(name)} is damaged and cannot be read; open it in Excel and save it again.")


def _inspect(data: bytes, name: str) -> bool:
    """Refuse an archive that would unpack to too much, or is damaged; return whether any sheet holds formulas."""
    formulas = False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > _MAX_MEMBERS:
            raise ReadError(f"The workbook {shown(name)} has {len(members):,} parts; save only the sheet of patients.")
        check_unpacked(sum(member.file_size for member in members), name)
        for member in members:
            formulas |= _scan(archive, member, name)
    return formulas


def _scan(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bool:
    """Read one part through, which checks its checksum; return whether it is a sheet with formulas."""
    formulas, rest = False, b""
    is_sheet = member.filename.startswith("xl/worksheets/")
    with archive.open(member) as source:
        while block := source.read(_BLOCK):
            window = rest + block
            if b"<!ENTITY" in window:
                raise _damaged(name)  # no workbook defines entities; a bomb does
            if is_sheet and _FAR_REFERENCE.search(window):
                check_size(0, 1 + _LAST_COLUMN, name)
            formulas = formulas or (is_sheet and _FORMULA.search(window) is not None)
            rest = block[-64:]
    return formulas


def _read(data: bytes, name: str, sheet: str | None, *, formulas: bool) -> Table:
    from openpyxl import load_workbook  # noqa: PLC0415 - only a workbook needs it

    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    titles = [worksheet.title for worksheet in workbook.worksheets]
    if not titles:
        raise ReadError(f"The workbook {shown(name)} has no sheet with cells; put the table on the first sheet.")
    if sheet is not None and sheet not in titles:
        raise ReadError(f"The workbook {shown(name)} has no sheet {shown(sheet)}; its sheets are {shown_list(titles)}.")
    title = titles[0] if sheet is None else sheet
    rows = dict(_rows(workbook[title], name))
    if not rows:
        others = f" (the others are {shown_list(titles[1:])})" if len(titles) > 1 else ""
        raise ReadError(
            f"The sheet {shown(title)} of {shown(name)} is empty{others}; put the table on the first sheet."
        )
    first = f", the first of {len(titles)}" if sheet is None and len(titles) > 1 else ""
    notes = [f"Sheet {shown(title)} was read{first}."]
    if formulas:
        source = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        _check_saved_values(rows, _rows(source[title], name))
        notes.append("Formulas were not computed; their saved values were read.")
    names, columns = _columns(list(rows.values()))
    return assemble(names, columns, name=name, kind="Excel workbook", notes=notes)


def _rows(worksheet: Any, name: str) -> Iterator[tuple[int, Row]]:  # noqa: ANN401 - openpyxl carries no types
    """Yield the rows that are not empty with their numbers in the sheet, cut after the last cell that is not empty."""
    worksheet.reset_dimensions()  # the stated size may be wrong, or a bomb
    count = 0
    for number, row in enumerate(worksheet.iter_rows(values_only=True), start=1):
        if number > _LAST_ROW:
            check_size(number, 0, name)
        width = max((place for place, cell in enumerate(row, start=1) if not _is_blank(cell)), default=0)
        if width:
            check_size(count, width, name)
            count += 1
            yield number, row[:width]


def _is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _check_saved_values(saved: dict[int, Row], source: Iterable[tuple[int, Row]]) -> None:
    """Refuse a formula whose value was not saved with it; `source` holds the rows with formulas for values."""
    header = next(iter(saved.values()))
    for number, row in source:
        values = saved.get(number, ())
        for place, cell in enumerate(row):
            is_formula = (isinstance(cell, str) and cell.startswith("=")) or hasattr(cell, "ref")
            if is_formula and (place >= len(values) or values[place] is None):
                column = label_text(header[place]) if place < len(header) else f"number {place + 1}"
                raise ReadError(
                    f"Column {shown(column)} holds a formula without a saved value in line {number} of the sheet; "
                    "formulas are not computed here. Open the workbook in Excel and save it, or paste the values."
                )


def _columns(rows: list[Row]) -> tuple[list[str], list[pd.Series]]:
    width = max(map(len, rows))
    by_place = list(zip_longest(*rows)) if width else []
    names = ["" if column[0] is None else label_text(column[0]) for column in by_place]
    return names, [_column(column[1:]) for column in by_place]


def _column(values: Sequence[object]) -> pd.Series:
    """Return cells as numbers or true/false where all of them are, else as text."""
    present = [value for value in values if not _is_blank(value)]
    if present and all(isinstance(value, bool) for value in present):
        if len(present) == len(values):
            return pd.Series(values, dtype=bool)
        return pd.Series([None if _is_blank(value) else float(value is True) for value in values], dtype="float64")
    if present and all(isinstance(value, int | float) and not isinstance(value, bool) for value in present):
        numbers = pd.Series([None if _is_blank(value) else value for value in values], dtype="float64")
        whole = len(present) == len(values) and all(isinstance(value, int) for value in present)
        return numbers.astype("int64") if whole else numbers
    return pd.Series([None if value is None else label_text(value) for value in values], dtype="str")
