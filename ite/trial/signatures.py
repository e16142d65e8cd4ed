"""What kind of file some bytes are, by their name and by how they begin."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from ite.errors import ReadError
from ite.trial.labels import shown

Kind = Literal["text", "workbook", "parquet", "sas transport", "sas", "stata", "spss"]


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """A kind of file that can be read: how it is called in a sentence, and its usual extensions."""

    kind: Kind
    title: str
    extensions: tuple[str, ...]


TEXT = FileKind(kind="text", title="a text file", extensions=(".csv", ".tsv", ".txt", ".tab", ".dat"))
WORKBOOK = FileKind(kind="workbook", title="an Excel workbook", extensions=(".xlsx", ".xlsm"))
PARQUET = FileKind(kind="parquet", title="a Parquet file", extensions=(".parquet", ".pq"))
SAS_TRANSPORT = FileKind(kind="sas transport", title="a SAS transport file", extensions=(".xpt",))
SAS = FileKind(kind="sas", title="a SAS data set", extensions=(".sas7bdat",))
STATA = FileKind(kind="stata", title="a Stata data set", extensions=(".dta",))
SPSS = FileKind(kind="spss", title="an SPSS data set", extensions=(".sav", ".zsav"))
FILE_KINDS = (TEXT, WORKBOOK, PARQUET, SAS_TRANSPORT, SAS, STATA, SPSS)

_ADVICE = "save the table as CSV, XLSX or Parquet."
_UNREAD_NAMES = {
    ".xls": "an old Excel workbook (.xls)",
    ".xlsb": "a binary Excel workbook (.xlsb)",
    ".ods": "an OpenDocument spreadsheet",
    ".sas7bcat": "a SAS catalog, which holds labels and no patients",
    ".cpt": "a SAS file made by PROC CPORT, which only SAS reads",
    ".por": "an old SPSS file (.por)",
    ".rds": "an R object",
    ".rda": "an R workspace",
    ".rdata": "an R workspace",
    ".json": "a JSON file",
    ".pkl": "a Python pickle, which is never opened",
    ".pickle": "a Python pickle, which is never opened",
    ".zip": "a compressed archive",
    ".gz": "a compressed archive",
}
_UNREAD_STARTS = (
    (b"\x1f\x8b", "a compressed archive (gzip)"),
    (b"BZh", "a compressed archive (bzip2)"),
    (b"7z\xbc\xaf", "a compressed archive (7z)"),
    (b"PARE", "an encrypted Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"FEA1", "a Feather file"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x80\x04\x95", "a Python pickle, which is never opened"),
    (b"\x80\x05\x95", "a Python pickle, which is never opened"),
    (b"**COMPRESSED**", "a SAS file made by PROC CPORT, which only SAS reads"),
    (b"ENCRYPTEDSAV", "an encrypted SPSS data set"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
)

# The numbers of Stata's formats before <stata_dta>, each followed by its byte order (1 or 2), 1 and 0.
_OLD_STATA = tuple(bytes((version, order, 1, 0)) for version in range(104, 116) for order in (1, 2))
_STARTS = (
    ((b"PAR1",), PARQUET),
    ((b"HEADER RECORD*******",), SAS_TRANSPORT),
    ((b"\x00" * 12 + b"\xc2\xea\x81\x60",), SAS),
    ((b"<stata_dta>", *_OLD_STATA), STATA),
    ((b"$FL2", b"$FL3"), SPSS),
)


def kind_of_name(name: str) -> FileKind | None:
    """Return the kind that a file's extension says, or None where it has none we know.

    Raises
    ------
    ReadError
        For an extension whose files cannot be read, with what to do.
    """
    extension = PurePath(name).suffix.lower()
    if extension in _UNREAD_NAMES:
        raise ReadError(f"The file {shown(name)} is {_UNREAD_NAMES[extension]}; {_ADVICE}")
    return next((kind for kind in FILE_KINDS if extension in kind.extensions), None)


def kind_of_content(data: bytes, name: str) -> FileKind:
    """Return the kind of file that the bytes are.

    Raises
    ------
    ReadError
        For bytes that cannot be read as a table, saying what they are.
    """
    for starts, kind in _STARTS:
        if data.startswith(starts):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_archive(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise ReadError(_compound_sentence(data, name))
    start = data[:64].lstrip().lower()
    for signature, title in _UNREAD_STARTS:
        if data.startswith(signature) or (signature.startswith(b"<") and start.startswith(signature)):
            raise ReadError(f"The file {shown(name)} is {title}; {_ADVICE}")
    if start.startswith((b'{"', b'[{"', b"[{\n")):
        raise ReadError(f"The file {shown(name)} is a JSON file; {_ADVICE}")
    return TEXT


def _kind_of_archive(data: bytes, name: str) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise ReadError(
            f"The file {shown(name)} begins like an Excel workbook but is cut off or damaged; "
            "save or download it again."
        ) from error
    if "xl/workbook.xml" in members:
        return WORKBOOK
    what = "a binary Excel workbook (.xlsb)" if "xl/workbook.bin" in members else "a compressed archive, not a workbook"
    raise ReadError(f"The file {shown(name)} is {what}; {_ADVICE}")


def _compound_sentence(data: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return f"The workbook {shown(name)} is protected by a password; open it in Excel and save it without one."
    return f"The file {shown(name)} is an old Excel workbook (.xls); open it in Excel and save it as .xlsx."
