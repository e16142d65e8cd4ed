"""Parquet files that cannot be read."""

import numpy as np
import pyarrow as pa

from tests.trial.bad_files.making import PATIENTS, BadFile, delimited, good_rows, good_table, parquet_file


def _repeated(value: object, times: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(times, dtype=np.int8)), pa.array([value]))


_ODD_STRUCT = pa.array([{"years": 40 + i} for i in range(PATIENTS)])
_ODD_LIST = pa.array([[i, i + 1] for i in range(PATIENTS)])
_TABLE = good_table()
_PARQUET = parquet_file(_TABLE)
PARQUET = (
    BadFile(
        what="no rows",
        name="none.parquet",
        make=lambda: parquet_file(_TABLE.slice(0, 0)),
        mentions=("no rows", "'arm'"),
    ),
    BadFile(
        what="one column",
        name="one.parquet",
        make=lambda: parquet_file(_TABLE.select(["age"])),
        mentions=("only one", "'age'"),
    ),
    BadFile(
        what="struct column",
        name="struct.parquet",
        make=lambda: parquet_file(_TABLE.append_column("visit", _ODD_STRUCT)),
        mentions=("'visit'", "struct"),
    ),
    BadFile(
        what="list column",
        name="list.parquet",
        make=lambda: parquet_file(_TABLE.append_column("doses", _ODD_LIST)),
        mentions=("'doses'", "list"),
    ),
    BadFile(
        what="binary column",
        name="binary.parquet",
        make=lambda: parquet_file(_TABLE.append_column("scan", pa.array([b"\x00\x01"] * PATIENTS))),
        mentions=("'scan'", "binary"),
    ),
    BadFile(
        what="duration column",
        name="duration.parquet",
        make=lambda: parquet_file(_TABLE.append_column("stay", pa.array([5] * PATIENTS, type=pa.duration("s")))),
        mentions=("'stay'", "duration"),
    ),
    BadFile(
        what="name twice",
        name="twice.parquet",
        make=lambda: parquet_file(_TABLE.append_column("age", _TABLE.column("id"))),
        mentions=("'age'", "columns 3 and 6"),
    ),
    BadFile(
        what="name missing",
        name="unnamed.parquet",
        make=lambda: parquet_file(_TABLE.append_column(" ", _TABLE.column("age"))),
        mentions=("Column 6", "'40'"),
    ),
    BadFile(what="cut off", name="cut.parquet", make=lambda: _PARQUET[:-40], mentions=("cut.parquet", "cut off")),
    BadFile(
        what="damaged pages",
        name="pages.parquet",
        make=lambda: _PARQUET[:20] + bytes(len(_PARQUET[20:90])) + _PARQUET[90:],
        mentions=("pages.parquet", "damaged"),
    ),
    BadFile(what="magic only", name="magic.parquet", make=lambda: b"PAR1", mentions=("magic.parquet", "damaged")),
    BadFile(
        what="encrypted", name="secret.parquet", make=lambda: b"PARE" + bytes(60), mentions=("encrypted", "secret")
    ),
    BadFile(
        what="first byte lost",
        name="first.parquet",
        make=lambda: _PARQUET[1:],
        mentions=("first.parquet", "does not begin like one", "damaged"),
    ),
    BadFile(
        what="text named parquet",
        name="text.parquet",
        make=lambda: delimited(good_rows()),
        mentions=("text file", ".csv"),
    ),
    BadFile(
        what="huge cell",
        name="cell.parquet",
        make=lambda: parquet_file(
            _TABLE.append_column("note", pa.array(["x"] * 9 + ["y" * 7_000] + ["x"] * (PATIENTS - 10)))
        ),
        mentions=("'note'", "row 10", "7,000"),
    ),
    BadFile(
        what="dictionary bomb",
        name="bomb.parquet",
        make=lambda: parquet_file(pa.table({"a": _repeated("x" * 4_000, 120_000), "b": _repeated(1, 120_000)})),
        mentions=("bomb.parquet", "480 MB"),
    ),
    BadFile(
        what="too many rows",
        name="tall.parquet",
        make=lambda: parquet_file(pa.table(dict.fromkeys("ab", _repeated(1, 1_000_001)))),
        mentions=("1,000,000 rows",),
    ),
    BadFile(
        what="too many cells",
        name="cells.parquet",
        make=lambda: parquet_file(pa.table(dict.fromkeys((f"c{i}" for i in range(160)), _repeated(1, 200_000)))),
        mentions=("30,000,000 cells", "160 columns"),
    ),
)
