"""Reading a trial from a file or from bytes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from ite.errors import ReadError
from ite.trial.data import TrialData
from ite.trial.delimited import read_delimited
from ite.trial.labels import shown
from ite.trial.parquet import read_parquet
from ite.trial.roles import Roles
from ite.trial.signatures import FileKind, Kind, kind_of_content, kind_of_name
from ite.trial.spreadsheet import read_spreadsheet
from ite.trial.statistical import TITLES, read_statistical
from ite.trial.table import Table, check_bytes

__all__ = ["READERS", "Table", "read_table", "read_trial"]

READERS: dict[Kind, Callable[[bytes, str], Table]] = {
    "text": read_delimited,
    "workbook": read_spreadsheet,
    "parquet": read_parquet,
    **{kind: partial(read_statistical, kind) for kind in TITLES},
}
"""The reader of each kind of file; a further format is one more kind in `signatures` and one more entry here."""


def read_table(data: bytes, name: str, *, sheet: str | None = None) -> Table:
    """Return the table that a file's bytes hold.

    Parameters
    ----------
    data, name
        The bytes of the file, and its name, whose extension must agree with them.
    sheet
        Sheet of a workbook; None takes the first.

    Raises
    ------
    ReadError
        Where the file is empty, too large, damaged, of another kind than its name says, or not a table of patients.
    """
    if not data:
        raise ReadError(f"The file {shown(name)} is empty; expected column names and one row per patient.")
    check_bytes(len(data), name)
    content = kind_of_content(data, name)
    expected = kind_of_name(name)
    if expected is not None and expected.kind != content.kind:
        raise ReadError(_mismatch_sentence(name, expected, content, is_binary=b"\x00" in data))
    if sheet is None:
        return READERS[content.kind](data, name)
    if content.kind != "workbook":
        raise ReadError(f"Only a workbook has sheets, but {shown(name)} is {content.title}; leave the sheet out.")
    return read_spreadsheet(data, name, sheet=sheet)


def _mismatch_sentence(name: str, expected: FileKind, content: FileKind, *, is_binary: bool) -> str:
    if content.kind == "text" and is_binary:
        return (
            f"The file {shown(name)} is named like {expected.title} but does not begin like one; it is damaged or of "
            "another kind. Save or download it again."
        )
    return (
        f"The file {shown(name)} is named like {expected.title} but is {content.title}; rename it to end in "
        f"{content.extensions[0]}, or save it again as {expected.title}."
    )


def read_trial(
    source: Path | str | bytes, roles: Roles, *, name: str | None = None, sheet: str | None = None
) -> TrialData:
    """Return the trial in a file (a path) or in the bytes of one, with these roles; `sheet` as in `read_table`.

    Raises
    ------
    ReadError, RoleError
        Where the file is not a table of patients, or its columns do not fit the roles.
    """
    if isinstance(source, bytes):
        table = read_table(source, name or "uploaded table", sheet=sheet)
    else:
        path = Path(source)
        table = read_table(_bytes_of(path), path.name, sheet=sheet)
    return TrialData.from_frame(table.frame, roles, name=name or table.name, labels=table.labels)


def _bytes_of(path: Path) -> bytes:
    try:
        check_bytes(path.stat().st_size, path.name)
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"The file {shown(path.name)} cannot be opened: {error.strerror or error}.") from error
