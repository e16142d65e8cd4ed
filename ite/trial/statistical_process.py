"""What runs in a process of its own to read a file of SAS, Stata or SPSS: `python -m ... folder`.

The folder holds the file and what is asked; it receives a Parquet file and an answer. The C library behind pyreadstat
can crash on a damaged file, and a small compressed file can unpack to much: neither then reaches whoever asked.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyreadstat
from pyarrow import parquet

from ite.errors import ReadError
from ite.trial.labels import shown
from ite.trial.signatures import Kind
from ite.trial.statistical import TITLES, damaged
from ite.trial.table import MAX_CELLS, MAX_ROWS, check_size, check_unpacked
from ite.trial.transport import check_transport
from ite.trial.value_labels import labelled

MOST_MEMORY = 4_000_000_000

_READERS: dict[Kind, Callable[..., Any]] = {
    "sas transport": pyreadstat.read_xport,
    "sas": pyreadstat.read_sas7bdat,
    "stata": pyreadstat.read_dta,
    "spss": pyreadstat.read_sav,
}
_WESTERN = "WINDOWS-1252"


def answer(folder: Path) -> None:
    """Read the file in a folder; leave a table and what is to be said about it there, or why there is none."""
    asked = json.loads((folder / "asked.json").read_text("utf-8"))
    kind, name = asked["kind"], asked["name"]
    said: dict[str, Any] = {"refusal": None, "labels": {}, "notes": []}
    try:
        table, said["labels"], said["notes"] = _read(folder / "file", kind, name)
        parquet.write_table(table, folder / "table.parquet")
    except ReadError as error:
        said["refusal"] = str(error)
    except MemoryError:
        said["refusal"] = (
            f"The {TITLES[kind]} {shown(name)} needs more than {MOST_MEMORY / 1e9:.0f} GB of memory to be read; "
            "keep the rows and columns of the analysis."
        )
    except Exception:  # noqa: BLE001 - a damaged file makes pyreadstat raise whatever it stumbles over
        said["refusal"] = str(damaged(kind, name))
    (folder / "answer.json").write_text(json.dumps(said), "utf-8")


def _read(file: Path, kind: Kind, name: str) -> tuple[pa.Table, dict[str, str], list[str]]:
    notes: list[str] = []
    try:
        columns, about = _columns(file, kind, name)
    except UnicodeDecodeError:
        columns, about = _columns(file, kind, name, encoding=_WESTERN)
        notes.append("Its text was read as Windows-1252 (Western European).")
    rows = len(columns[0]) if columns else 0
    check_size(rows, len(columns), name)
    if kind == "sas transport":
        check_transport(file.read_bytes(), rows, sum(about.variable_storage_width.values()), name)
    columns, more = labelled(about.column_names, columns, about.variable_value_labels)
    labels = {name: label.strip() for name, label in about.column_names_to_labels.items() if label and label.strip()}
    arrays = [pa.array(column) for column in columns]
    return pa.Table.from_arrays(arrays, names=about.column_names), labels, [*notes, *more]


def _columns(file: Path, kind: Kind, name: str, encoding: str | None = None) -> tuple[list[list[Any]], Any]:
    """Return the cells of each column and pyreadstat's description, once the stated size is found to be bearable."""
    read = _READERS[kind]
    about = read(file, metadataonly=True, encoding=encoding)[1]
    width = sum(about.variable_storage_width.values())
    stated = max(about.number_rows or 0, 0)
    check_size(stated, about.number_columns, name)
    check_unpacked(stated * width, name)
    most = min(MAX_ROWS, MAX_CELLS // max(about.number_columns, 1)) + 1  # where the file does not state its rows
    found, about = read(file, output_format="dict", encoding=encoding, row_limit=most)
    return [found[column] for column in about.column_names], about


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has no such module

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    _limit_memory()
    answer(Path(sys.argv[1]))
