"""Files of SAS, Stata and SPSS that cannot be read."""

import datetime as dt
import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

from tests.trial.bad_files.making import BadFile, delimited, good_rows

WRITERS: dict[str, Callable[..., None]] = {
    ".xpt": pyreadstat.write_xport,
    ".dta": pyreadstat.write_dta,
    ".sav": pyreadstat.write_sav,
    ".zsav": lambda frame, path, **more: pyreadstat.write_sav(frame, path, compress=True, **more),
}


def statistical_file(frame: pd.DataFrame, extension: str, **more: object) -> bytes:
    """Return a table as a file of the package that the extension names; `more` as pyreadstat's writer takes it."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"file{extension}"
        WRITERS[extension](frame, path, **more)
        return path.read_bytes()


def good_frame() -> pd.DataFrame:
    """Return the small good trial as a data frame."""
    header, *rows = good_rows()
    return pd.DataFrame(rows, columns=[str(name) for name in header])


def sas_data_set() -> bytes:
    """Return the good trial as a SAS data set, with two missing ages and labels of age and sex.

    pyreadstat writes no such files; the C library below it does, and wrote this one from `good_frame()`.
    """
    return gzip.decompress((Path(__file__).parents[1] / "good_files" / "trial.sas7bdat.gz").read_bytes())


def _noise(start: bytes, length: int = 4_000) -> bytes:
    return start + np.random.default_rng(11).bytes(length)


def _cut(extension: str, share: float, **more: object) -> Callable[[], bytes]:
    def make() -> bytes:
        whole = statistical_file(good_frame(), extension, **more)
        return whole[: max(80, int(share * len(whole)))]

    return make


def _two_data_sets() -> bytes:
    whole = statistical_file(good_frame(), ".xpt", file_format_version=5)
    return whole + whole[whole.find(b"HEADER RECORD*******MEMBER") :]


def _wide() -> pd.DataFrame:
    return pd.DataFrame(np.zeros((2, 2_500)), columns=[f"c{place}" for place in range(2_500)])


def _absurd_date() -> bytes:
    frame = good_frame().assign(day=dt.date(2020, 1, 1))
    whole = statistical_file(frame, ".dta")
    stored = (pd.Timestamp("2020-01-01") - pd.Timestamp("1960-01-01")).days
    return whole.replace(np.float64(stored).tobytes(), np.float64(1e15).tobytes())


_SAS = b"\x00" * 12 + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00\x09\xc7\x31\x8c\x18\x1f\x10\x11"
_TRANSPORT = b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000000000000000000000000000  "
STATISTICAL = (
    *(
        BadFile(
            what=f"cut at {share:.0%}",
            name=f"cut{extension}",
            make=_cut(extension, share),
            mentions=(f"cut{extension}", "cut off"),
        )
        for extension, shares in {
            ".sav": (0.02, 0.2, 0.6, 0.95),
            ".zsav": (0.1, 0.7, 0.98),
            ".dta": (0.05, 0.5, 0.8),
            ".xpt": (0.02, 0.3, 0.59, 0.83),
        }.items()
        for share in shares
    ),
    *(
        BadFile(
            what=f"cut at {share:.0%}",
            name="cut.sas7bdat",
            make=lambda share=share: sas_data_set()[: int(share * 8_192)],  # type: ignore[misc]
            mentions=("SAS data set", "cut.sas7bdat", "cut off"),
        )
        for share in (0.05, 0.4, 0.7, 0.99)
    ),
    BadFile(
        what="old format cut",
        name="old.dta",
        make=_cut(".dta", 0.7, version=10),
        mentions=("Stata data set", "old.dta", "cut off"),
    ),
    *(
        BadFile(what="noise behind the signature", name=name, make=lambda start=start: _noise(start), mentions=(name,))  # type: ignore[misc]
        for name, start in {
            "noise.sav": b"$FL2@(#) SPSS",
            "noise.zsav": b"$FL3@(#) SPSS",
            "noise.dta": b"<stata_dta><header><release>118</release>",
            "noise old.dta": b"r\x02\x01\x00",
            "noise.xpt": _TRANSPORT,
            "noise.sas7bdat": _SAS,
        }.items()
    ),
    BadFile(what="signature only", name="magic.sas7bdat", make=lambda: _SAS, mentions=("SAS data set", "damaged")),
    BadFile(
        what="zeros behind the signature",
        name="zeros.sas7bdat",
        make=lambda: _SAS + bytes(70_000),
        mentions=("zeros.sas7bdat", "damaged"),
    ),
    BadFile(
        what="two data sets",
        name="two.xpt",
        make=_two_data_sets,
        mentions=("two.xpt", "holds 2", "on its own"),
    ),
    BadFile(
        what="rows added to a transport file",
        name="longer.xpt",
        make=lambda: statistical_file(good_frame(), ".xpt") + b"x" * 30,
        mentions=("longer.xpt", "whole record of 80 bytes"),
    ),
    *(
        BadFile(
            what="no rows",
            name=f"none{extension}",
            make=lambda extension=extension: statistical_file(good_frame().iloc[:0], extension),  # type: ignore[misc]
            mentions=("no rows", "'arm'"),
        )
        for extension in WRITERS
    ),
    *(
        BadFile(
            what="thousands of columns",
            name=f"wide{extension}",
            make=lambda extension=extension: statistical_file(_wide(), extension),  # type: ignore[misc]
            mentions=("2,500 columns", "2,000"),
        )
        for extension in WRITERS
    ),
    BadFile(
        what="one column",
        name="one.dta",
        make=lambda: statistical_file(good_frame()[["age"]], ".dta"),
        mentions=("only one column", "'age'"),
    ),
    BadFile(what="a date beyond the calendar", name="date.dta", make=_absurd_date, mentions=("date.dta", "damaged")),
    BadFile(
        what="SPSS named Stata",
        name="named.dta",
        make=lambda: statistical_file(good_frame(), ".sav"),
        mentions=("named like a Stata data set", "is an SPSS data set", ".sav"),
    ),
    BadFile(
        what="Stata named CSV",
        name="named.csv",
        make=lambda: statistical_file(good_frame(), ".dta"),
        mentions=("named like a text file", "is a Stata data set", ".dta"),
    ),
    BadFile(
        what="text named SAS",
        name="text.sas7bdat",
        make=lambda: delimited(good_rows()),
        mentions=("named like a SAS data set", "is a text file"),
    ),
    BadFile(
        what="made by PROC CPORT",
        name="ported.xpt",
        make=lambda: b"**COMPRESSED** " * 90,
        mentions=("PROC CPORT", "only SAS reads"),
    ),
    BadFile(
        what="catalog", name="formats.sas7bcat", make=lambda: _SAS + bytes(900), mentions=("catalog", "no patients")
    ),
    BadFile(what="portable", name="old.por", make=lambda: b"ASCII SPSS PORT FILE" * 9, mentions=("old SPSS file",)),
    BadFile(
        what="encrypted", name="secret.sav", make=lambda: b"ENCRYPTEDSAV" + bytes(90), mentions=("encrypted SPSS",)
    ),
)
