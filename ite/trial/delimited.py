"""CSV, TSV and other text files with one delimiter."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from ite.errors import ReadError
from ite.trial.assembling import assemble, one_column
from ite.trial.decoding import decode
from ite.trial.labels import shown
from ite.trial.table import MAX_ROWS, Table, check_size

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_PROBED_ROWS = 100
_CHUNK_ROWS = 20_000
_DECLARED = re.compile(r"sep=([,;\t|])\r?\n")

Record = tuple[int, list[str]]
"""The number of the line on which a record begins, and its cells."""


def read_delimited(data: bytes, name: str) -> Table:
    """Return the table in a delimited text file; delimiter, encoding and decimal sign are detected and noted.

    Raises
    ------
    ReadError
        Naming the line, row or column that does not fit.
    """
    text, encoding = decode(data, name)
    if not text.strip():
        raise ReadError(f"The file {shown(name)} is empty; expected column names and one row per patient.")
    delimiter, skipped = _find_delimiter(text, name)
    records = _records(text, delimiter, skipped)
    _, header = next(records)
    check_size(0, len(header), name)
    columns = _columns(header, records, name)
    notes = [f"Columns are separated by a {DELIMITERS[delimiter]}; the encoding is {encoding}."]
    kind = "TSV" if delimiter == "\t" else "CSV"
    return assemble(header, columns, name=name, kind=kind, notes=notes)


def _find_delimiter(text: str, name: str) -> tuple[str, int]:
    """Return the delimiter and how many characters to skip: the one by which most rows have equally many cells."""
    declared = _DECLARED.match(text)
    if declared is not None:
        return declared.group(1), declared.end()
    best, found = (0.0, 0), ""
    for delimiter in DELIMITERS:
        share, cells = _regularity(text, delimiter)
        if cells > 1 and (share, cells) > best:
            best, found = (share, cells), delimiter
    if not found:
        raise one_column(name, next(iter(text.strip().splitlines())))
    return found, 0


def _regularity(text: str, delimiter: str) -> tuple[float, int]:
    """Return the share of the first rows that have the most frequent number of cells, and that number."""
    sizes: list[int] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if row:
                sizes.append(len(row))
            if len(sizes) == _PROBED_ROWS:
                break
    except csv.Error:
        pass  # a cell that is too long ends the probe; reading the file names it
    if not sizes:
        return 0.0, 0
    size, count = Counter(sizes).most_common(1)[0]
    fits = 1.0 if sizes[0] == size else 0.5  # a delimiter of the table is also one of its names
    return fits * count / len(sizes), size


def _records(text: str, delimiter: str, skipped: int) -> Iterator[Record]:
    """Yield the records that are not empty.

    Raises
    ------
    ReadError
        Naming the line where a quoted cell begins that is not closed, or is followed by more text.
    """
    source = io.StringIO(text, newline="")
    source.seek(skipped)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    offset = 2 if skipped else 1
    began = offset
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ReadError(
                f"The row that begins on line {began} cannot be read: {_quotation(str(error))} "
                "Close or double the quotation marks there."
            ) from error
        if any(cell.strip() for cell in row):
            yield began, row
        began = reader.line_num + offset


def _quotation(problem: str) -> str:
    if "unexpected end" in problem:
        return "a quotation mark is opened and never closed."
    if "field limit" in problem:
        return "a cell is far too long, most likely because a quotation mark is not closed."
    return "a quoted cell is followed by more text before the next delimiter."


def _columns(header: list[str], records: Iterator[Record], name: str) -> list[pd.Series]:
    """Return one text column for each name; each row must have as many cells as the header."""
    chunks: list[list[pd.Series]] = []
    rows: list[list[str]] = []
    count = 0
    for count, (line, row) in enumerate(records, start=1):
        if len(row) != len(header):
            raise _ragged(count, line, row, header)
        if count > MAX_ROWS:
            check_size(count, len(header), name)
        rows.append(row)
        if len(rows) == _CHUNK_ROWS:
            check_size(count, len(header), name)
            chunks.append(_texts(rows))
            rows = []
    if rows or not chunks:
        chunks.append(_texts(rows) if rows else [pd.Series(dtype="str") for _ in header])
    return [pd.concat(parts, ignore_index=True) for parts in zip(*chunks, strict=True)]


def _texts(rows: list[list[str]]) -> list[pd.Series]:
    return [pd.Series(cells, dtype="str") for cells in zip(*rows, strict=True)]


def _ragged(count: int, line: int, row: list[str], header: list[str]) -> ReadError:
    place = f"row {count} (line {line} of the file)"
    if count == 1 and len(row) == len(header) + 1:
        cause = "the column of row numbers has no name; give each column a name in the first row."
    elif count == 1:
        cause = "the first row must hold one name for each column, with no title or group headings above it."
    else:
        cause = "add or remove delimiters there, or put quotation marks around a text that holds one."
    return ReadError(
        f"The first row holds {_counted(len(header), 'column name')}, but {place} has {_counted(len(row), 'cell')} "
        f"(it begins with {shown(row[0])}): {cause}"
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
