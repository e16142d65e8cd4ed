"""Workbooks that cannot be read."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import xlsxwriter

from tests.trial.bad_files.making import BadFile, delimited, good_rows, with_row, workbook


def _changed(data: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one of its parts changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content) if name == member else content)
    return stream.getvalue()


def _archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            target.writestr(name, content)
    return stream.getvalue()


def _formula_workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in good_rows():
        book.active.append(row)
    book.active["C5"] = "=AVERAGE(C2:C4)"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _error_workbook() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Patients")
    for place, row in enumerate(good_rows()):
        sheet.write_row(place, 0, row)
    sheet.write_formula(7, 2, "=1/0", None, "#DIV/0!")
    book.close()
    return stream.getvalue()


def _entity_bomb(sheet: bytes) -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    prolog = f'<!DOCTYPE x [<!ENTITY e0 "boom">{levels}]>'.encode()
    head, rest = sheet.split(b"?>", 1) if sheet.startswith(b"<?xml") else (b'<?xml version="1.0"', sheet)
    return head + b"?>" + prolog + rest.replace(b"<t>placebo</t>", b"<t>&e11;</t>", 1)


_SHEET = "xl/worksheets/sheet1.xml"
_BOOK = workbook(good_rows())

SPREADSHEET = (
    BadFile(what="empty sheet", name="empty.xlsx", make=lambda: workbook([]), mentions=("'Patients'", "empty")),
    BadFile(
        what="names only", name="names.xlsx", make=lambda: workbook(good_rows()[:1]), mentions=("'arm'", "no rows")
    ),
    BadFile(
        what="one column", name="one.xlsx", make=lambda: workbook([["age"], [4], [5]]), mentions=("only one", "'age'")
    ),
    BadFile(
        what="title row",
        name="title.xlsx",
        make=lambda: workbook([["Results of the trial"], *good_rows()]),
        mentions=("Column 2", "no name", "second header row", "'arm'"),
    ),
    BadFile(
        what="merged groups above the names",
        name="groups.xlsx",
        make=lambda: workbook([["Patient", None, "Baseline", None, "Result"], *good_rows()]),
        mentions=("Column 2", "'arm'", "second header row"),
    ),
    BadFile(
        what="units below the names",
        name="units.xlsx",
        make=lambda: workbook([good_rows()[0], [None, None, "years", None, "points"], *good_rows()[1:]]),
        mentions=("row 1", "'age'", "'years'"),
    ),
    BadFile(
        what="name twice",
        name="twice.xlsx",
        make=lambda: workbook(with_row(0, ["id", "arm", "age", "sex", "age"])),
        mentions=("'age'", "columns 3 and 5"),
    ),
    BadFile(
        what="name missing",
        name="unnamed.xlsx",
        make=lambda: workbook(with_row(0, ["id", "arm", None, "sex", "response"])),
        mentions=("Column 3", "'40'"),
    ),
    BadFile(
        what="cells beyond the names",
        name="beyond.xlsx",
        make=lambda: workbook(with_row(4, [3, "drug", 43, "m", 3, "see note"])),
        mentions=("Column 6", "'see note'"),
    ),
    BadFile(
        what="formula without value",
        name="formula.xlsx",
        make=_formula_workbook,
        mentions=("'age'", "line 5", "formula"),
    ),
    BadFile(what="division by zero", name="div.xlsx", make=_error_workbook, mentions=("'age'", "row 7", "'#DIV/0!'")),
    BadFile(
        what="password",
        name="secret.xlsx",
        make=lambda: (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
        ),
        mentions=("secret.xlsx", "password"),
    ),
    BadFile(
        what="old workbook",
        name="old.xls",
        make=lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        mentions=("old.xls", "old Excel", ".xlsx"),
    ),
    BadFile(
        what="old workbook named xlsx",
        name="renamed.xlsx",
        make=lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        mentions=("renamed.xlsx", "old Excel"),
    ),
    BadFile(what="cut off", name="cut.xlsx", make=lambda: _BOOK[: len(_BOOK) // 2], mentions=("cut.xlsx", "cut off")),
    BadFile(
        what="sheet cut off",
        name="broken.xlsx",
        make=lambda: _changed(_BOOK, _SHEET, lambda sheet: sheet[: len(sheet) // 2]),
        mentions=("broken.xlsx", "damaged"),
    ),
    BadFile(
        what="flipped bytes",
        name="flipped.xlsx",
        make=lambda: _BOOK[:60] + bytes(255 - byte for byte in _BOOK[60:90]) + _BOOK[90:],
        mentions=("flipped.xlsx", "damaged"),
    ),
    BadFile(
        what="other archive", name="word.xlsx", make=lambda: _archive(document=b"x"), mentions=("archive", "word.xlsx")
    ),
    BadFile(
        what="text named xlsx", name="text.xlsx", make=lambda: delimited(good_rows()), mentions=("text file", ".csv")
    ),
    BadFile(
        what="zip bomb",
        name="bomb.xlsx",
        make=lambda: _changed(_BOOK, "docProps/app.xml", lambda _: bytes(401_000_000)),
        mentions=("bomb.xlsx", "401 MB", "400 MB"),
    ),
    BadFile(
        what="entity bomb",
        name="entities.xlsx",
        make=lambda: _changed(_BOOK, _SHEET, _entity_bomb),
        mentions=("entities.xlsx", "damaged"),
    ),
    BadFile(
        what="row far away",
        name="far.xlsx",
        make=lambda: _changed(_BOOK, _SHEET, lambda sheet: sheet.replace(b'<row r="41"', b'<row r="4100000000"')),
        mentions=("far.xlsx", "1,000,000 rows"),
    ),
    BadFile(
        what="column far away",
        name="farcolumn.xlsx",
        make=lambda: _changed(_BOOK, _SHEET, lambda sheet: sheet.replace(b'r="E41"', b'r="ZZZZZZ41"')),
        mentions=("farcolumn.xlsx", "columns", "2,000"),
    ),
    BadFile(
        what="too many columns",
        name="wide.xlsx",
        make=lambda: workbook([[f"c{i}" for i in range(2_001)], list(range(2_001))]),
        mentions=("2,001 columns",),
    ),
)
