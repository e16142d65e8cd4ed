"""How the bad files are made: a small good trial, and the formats it is written in."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import pyarrow as pa
from pyarrow import parquet

PATIENTS = 40


@dataclass(frozen=True, kw_only=True)
class BadFile:
    """A file that cannot be read, and the words that the sentence about it must hold."""

    what: str
    name: str
    make: Callable[[], bytes]
    mentions: tuple[str, ...]


def good_rows() -> list[list[object]]:
    """Return a small good trial: a row of names, then one row for each patient."""
    rows: list[list[object]] = [["id", "arm", "age", "sex", "response"]]
    rows += [[i, ["placebo", "drug"][i % 2], 40 + i % 31, "mf"[i % 3 == 0], 10 + (i * 7) % 13] for i in range(PATIENTS)]
    return rows


def with_cell(row: int, column: int, value: object) -> list[list[object]]:
    """Return the good rows with one cell changed; row 0 holds the names."""
    rows = good_rows()
    rows[row][column] = value
    return rows


def with_row(row: int, cells: list[object]) -> list[list[object]]:
    """Return the good rows with one row changed; row 0 holds the names."""
    rows = good_rows()
    rows[row] = cells
    return rows


def delimited(rows: list[list[object]], delimiter: str = ",") -> bytes:
    """Return rows as delimited UTF-8 text."""
    return "".join(delimiter.join(map(str, row)) + "\n" for row in rows).encode()


def workbook(rows: list[list[object]], title: str = "Patients") -> bytes:
    """Return rows as the first sheet of a workbook."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet_file(table: pa.Table) -> bytes:
    """Return a table as a Parquet file."""
    stream = io.BytesIO()
    parquet.write_table(table, stream)
    return stream.getvalue()


def good_table() -> pa.Table:
    """Return the good trial as an Arrow table."""
    header, *rows = good_rows()
    return pa.table({str(name): list(cells) for name, cells in zip(header, zip(*rows, strict=True), strict=True)})
