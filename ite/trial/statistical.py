"""Files of SAS, Stata and SPSS: read by a process of its own, so that a damaged one can crash nothing else."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from ite.errors import ReadError
from ite.trial.labels import shown
from ite.trial.parquet import read_parquet
from ite.trial.signatures import Kind
from ite.trial.table import Table

TITLES: dict[Kind, str] = {
    "sas transport": "SAS transport file",
    "sas": "SAS data set",
    "stata": "Stata data set",
    "spss": "SPSS data set",
}
"""What each kind of file of a statistics package is called."""
LONGEST_SECONDS = 120
_ROOT = Path(__file__).parents[2]
_LARGEST_EXIT_CODE = 255


def read_statistical(kind: Kind, data: bytes, name: str) -> Table:
    """Return the table in a file of a statistics package, with the labels of its columns.

    Coded categories get the texts of their labels, missing codes of every kind are missing, and dates become text.
    The bytes lie in a private folder while they are read, and are removed with it.

    Raises
    ------
    ReadError
        Where the file is damaged, too large or not a table of patients; or takes too long or too much memory to read.
    """
    with tempfile.TemporaryDirectory(prefix="stratagem-") as place:
        folder = Path(place)
        (folder / "file").write_bytes(data)
        (folder / "asked.json").write_text(json.dumps({"kind": kind, "name": name}), "utf-8")
        _run(folder, kind, name)
        answer: dict[str, Any] = json.loads((folder / "answer.json").read_text("utf-8"))
        if answer["refusal"] is not None:
            raise ReadError(answer["refusal"])
        table = read_parquet((folder / "table.parquet").read_bytes(), name)
    labels = {column: label for column, label in answer["labels"].items() if column in table.frame}
    return replace(table, kind=TITLES[kind], notes=(*answer["notes"], *table.notes), labels=labels)


def damaged(kind: Kind, name: str) -> ReadError:
    """Return the error about a file that begins like its kind but cannot be read to its end."""
    return ReadError(
        f"The {TITLES[kind]} {shown(name)} is cut off or damaged and cannot be read; export or download it again, or "
        "save the table as CSV."
    )


def _run(folder: Path, kind: Kind, name: str) -> None:
    """Let a process of its own turn the file into a Parquet file and an answer.

    Raises
    ------
    ReadError
        Where the process crashed or did not come to an end; anything else that it stumbles over is a bug.
    """
    command = [sys.executable, "-m", "ite.trial.statistical_process", str(folder)]
    threads = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no word of the command comes from the file
            command,
            cwd=_ROOT,
            env={**os.environ, **threads},
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"The {TITLES[kind]} {shown(name)} should be read within {LONGEST_SECONDS} seconds, but was not; it may be "
            "damaged. Keep the rows and columns of the analysis, or save the table as CSV."
        ) from error
    crashed = done.returncode < 0 or done.returncode > _LARGEST_EXIT_CODE  # by a signal; Windows says it with a code
    if crashed:
        raise damaged(kind, name)
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", errors="replace"))
