"""Text files that cannot be read."""

import gzip
import pickle

from tests.trial.bad_files.making import (
    BadFile,
    delimited,
    good_rows,
    good_table,
    parquet_file,
    with_cell,
    with_row,
    workbook,
)


def _bytes_with(byte: bytes, row: int) -> bytes:
    lines = delimited(good_rows()).split(b"\n")
    lines[row] = lines[row].replace(b"placebo", b"plac" + byte + b"bo").replace(b"drug", b"dr" + byte + b"g")
    return b"\n".join(lines)


DELIMITED = (
    BadFile(what="no bytes", name="empty.csv", make=lambda: b"", mentions=("empty.csv", "empty")),
    BadFile(what="blanks only", name="blank.csv", make=lambda: b" \n\n \n", mentions=("blank.csv", "empty")),
    BadFile(what="a mark only", name="mark.csv", make=lambda: b"\xef\xbb\xbf", mentions=("mark.csv", "empty")),
    BadFile(
        what="names only", name="names.csv", make=lambda: b"id,arm,age\n", mentions=("names.csv", "'arm'", "no rows")
    ),
    BadFile(what="one column", name="one.csv", make=lambda: b"age\n40\n41\n", mentions=("only one column", "'age'")),
    BadFile(
        what="spaces between columns",
        name="spaces.txt",
        make=lambda: delimited(good_rows(), " "),
        mentions=("only one column", "'id arm age sex response'"),
    ),
    BadFile(what="null byte", name="null.csv", make=lambda: _bytes_with(b"\x00", 5), mentions=("line 6", "null byte")),
    BadFile(
        what="control character",
        name="bell.csv",
        make=lambda: _bytes_with(b"\x07", 3),
        mentions=("line 4", "character 7"),
    ),
    BadFile(
        what="damaged UTF-8",
        name="utf8.csv",
        make=lambda: delimited(with_cell(4, 3, "Müller")) + "ä,ö,ü,é,è\n".encode() + b"1,\xc3,2,m,3\n",
        mentions=("UTF-8", "line 43", "0xc3"),
    ),
    BadFile(
        what="undefined byte", name="cp.csv", make=lambda: _bytes_with(b"\x81", 2), mentions=("line 3", "0x81", "UTF-8")
    ),
    BadFile(
        what="half of a UTF-16 file",
        name="half.csv",
        make=lambda: delimited(good_rows()).decode().encode("utf-16")[:-1],
        mentions=("half.csv", "UTF-16", "line"),
    ),
    BadFile(
        what="row too short",
        name="short.csv",
        make=lambda: delimited(with_row(7, [6, "drug", 46])),
        mentions=("row 7", "line 8", "has 3 cells", "5 column names"),
    ),
    BadFile(
        what="row too long",
        name="long.csv",
        make=lambda: delimited(with_row(12, [11, "drug", 46, "m", 3, "extra"])),
        mentions=("row 12", "line 13", "has 6", "'11'"),
    ),
    BadFile(
        what="unquoted comma",
        name="comma.csv",
        make=lambda: delimited(with_cell(9, 1, "drug, high dose")),
        mentions=("row 9", "line 10", "has 6", "quotation marks"),
    ),
    BadFile(
        what="quote never closed",
        name="quote.csv",
        make=lambda: delimited(with_cell(30, 1, '"drug')),
        mentions=("line 31", "never closed"),
    ),
    BadFile(
        what="quote in a quoted cell",
        name="inner.csv",
        make=lambda: delimited(with_cell(3, 1, '"drug "high" dose"')),
        mentions=("line 4", "quot"),
    ),
    BadFile(
        what="huge cell",
        name="cell.csv",
        make=lambda: delimited(with_cell(6, 3, "x" * 6_000)),
        mentions=("row 6", "'sex'", "6,000", "5,000"),
    ),
    BadFile(
        what="huge quoted cell",
        name="hugecell.csv",
        make=lambda: delimited(with_cell(6, 3, '"' + "x" * 200_000 + '"')),
        mentions=("line 7", "too long"),
    ),
    BadFile(
        what="name twice",
        name="twice.csv",
        make=lambda: delimited(with_row(0, ["id", "arm", "age", "age", "response"])),
        mentions=("'age'", "2 times", "columns 3 and 4"),
    ),
    BadFile(
        what="name missing",
        name="unnamed.csv",
        make=lambda: delimited(with_row(0, ["id", "arm", "", "sex", "response"])),
        mentions=("Column 3", "no name", "'40'"),
    ),
    BadFile(
        what="no names",
        name="headless.csv",
        make=lambda: b"1,0,54,1,3.5\n2,1,61,0,2.5\n3,0,47,1,4.5\n",
        mentions=("names of the columns", "'1'", "'0'"),
    ),
    BadFile(
        what="row numbers without a name",
        name="rownames.csv",
        make=lambda: b"arm,age\n1,drug,40\n2,placebo,41\n3,drug,42\n",
        mentions=("row 1", "line 2", "row numbers"),
    ),
    BadFile(
        what="title above the names",
        name="title.csv",
        make=lambda: b"Results of the trial\n" + delimited(good_rows()),
        mentions=("row 1", "line 2", "title"),
    ),
    BadFile(
        what="units below the names",
        name="units.csv",
        make=lambda: delimited(
            [["id", "arm", "age", "weight"], ["", "", "years", "kg"]] + [[i, "a", 4, 5] for i in range(9)]
        ),
        mentions=("second header row", "row 1", "'age'", "'years'"),
    ),
    BadFile(
        what="groups above the names",
        name="groups.csv",
        make=lambda: delimited(
            [["Patient", "", "Result", ""], ["id", "arm", "age", "response"], [1, "a", 40, 3], [2, "b", 4, 3]]
        ),
        mentions=("Column 2", "no name", "'arm'", "second header row"),
    ),
    BadFile(
        what="spreadsheet error",
        name="error.csv",
        make=lambda: delimited(with_cell(8, 2, "#DIV/0!")),
        mentions=("'age'", "row 8", "'#DIV/0!'"),
    ),
    BadFile(
        what="too many columns",
        name="wide.csv",
        make=lambda: delimited([[f"c{i}" for i in range(2_001)], list(range(2_001))]),
        mentions=("2,001 columns", "2,000"),
    ),
    BadFile(
        what="too many rows",
        name="tall.csv",
        make=lambda: b"a,b\n" + b"1,2\n" * 1_000_001,
        mentions=("1,000,000 rows",),
    ),
    BadFile(what="too many bytes", name="large.csv", make=lambda: b"a,b\n" * 12_500_001, mentions=("50.0 MB", "50 MB")),
    BadFile(
        what="workbook named csv",
        name="book.csv",
        make=lambda: workbook(good_rows()),
        mentions=("Excel workbook", ".xlsx"),
    ),
    BadFile(
        what="Parquet named tsv",
        name="table.tsv",
        make=lambda: parquet_file(good_table()),
        mentions=("Parquet file", ".parquet"),
    ),
    BadFile(
        what="picture named csv", name="photo.csv", make=lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), mentions=("picture",)
    ),
    BadFile(what="PDF named csv", name="paper.csv", make=lambda: b"%PDF-1.7\n%\xe2\xe3", mentions=("PDF", "paper.csv")),
    BadFile(
        what="compressed",
        name="trial.csv",
        make=lambda: gzip.compress(delimited(good_rows())),
        mentions=("gzip", "trial.csv"),
    ),
    BadFile(
        what="pickle named csv",
        name="frame.csv",
        make=lambda: pickle.dumps({"id": [1, 2]}),
        mentions=("pickle", "never opened"),
    ),
    BadFile(
        what="web page", name="page.csv", make=lambda: b"<!DOCTYPE html><html><body>404</body>", mentions=("web page",)
    ),
    BadFile(what="JSON named csv", name="rows.csv", make=lambda: b'[{"id": 1, "arm": "a"}]', mentions=("JSON",)),
    BadFile(what="SAS file", name="adtte.sas7bdat", make=lambda: b"\x00" * 99, mentions=("SAS data set", "adtte")),
    BadFile(
        what="archive", name="trial.zip", make=lambda: b"PK\x05\x06" + bytes(18), mentions=("archive", "trial.zip")
    ),
)
