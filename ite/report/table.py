"""The numbers behind a result as CSV: for machines to read back, and safe to open in a spreadsheet."""

import csv
import io
import math
import re

import pandas as pd

from ite.report.block import ResultBlock

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
_SKIPPED = re.compile("^[\\s\x00-\x20\x7f\xa0\u200b-\u200f\u2060\ufeff]+")


def safe_cell(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula: an apostrophe goes in front where one could.

    Leading blanks and invisible characters do not hide a formula. A plain negative number is none, and stays.

    Source  OWASP, CSV Injection: cells that begin with =, +, -, @, tab or carriage return.
    """
    if _PLAIN_NUMBER.fullmatch(text):
        return text
    visible = _SKIPPED.sub("", text)
    return f"'{text}" if text.startswith(_STARTS_FORMULA) or visible.startswith(_STARTS_FORMULA) else text


def to_csv(block: ResultBlock) -> bytes:
    """Return the data of a result as CSV: comma, decimal point, CR LF, quotes where needed, a header line, no index.

    Nothing but the table stands in the file, so that any program reads it; its origin is a file of its own
    (`Provenance.to_json`) under the same name. UTF-8 begins with a byte order mark: without it Excel reads names such
    as "Größe" in the code page of the machine, and pandas, readr and our own reader skip it. Unknown is an empty cell;
    numbers are written with all their digits.
    """
    return frame_csv(block.data)


def frame_csv(frame: pd.DataFrame) -> bytes:
    """Return any table in the form of `to_csv`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe_cell(_without_null(str(name))) for name in frame.columns])
    columns = [[_cell(value) for value in frame.iloc[:, place]] for place in range(frame.shape[1])]
    writer.writerows(zip(*columns, strict=True))
    return ("\ufeff" + text.getvalue()).encode("utf-8", "replace")


def _cell(value: object) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):  # type: ignore[call-overload]  # any scalar will do
        return ""
    if isinstance(value, float):
        return repr(float(value)) if math.isfinite(value) else safe_cell(str(float(value)))
    return safe_cell(_without_null(str(value)))


def _without_null(text: str) -> str:
    return text.replace("\x00", "\ufffd")
