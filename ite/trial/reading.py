"""Reading a trial from a file or from bytes."""

import io
from pathlib import Path

import pandas as pd

from ite.errors import ReadError
from ite.trial.data import TrialData
from ite.trial.labels import shown
from ite.trial.roles import Roles
from ite.trial.table import Table as Table


def read_table(data: bytes, name: str) -> Table:
    """Return the table that a file's bytes hold; `name` gives its extension."""
    frame = pd.read_csv(io.BytesIO(data), skipinitialspace=True)
    return Table(frame=frame, name=name, kind="CSV")


def read_trial(source: Path | str | bytes, roles: Roles, *, name: str | None = None) -> TrialData:
    """Return the trial in a file (a path) or in the bytes of one, with these roles.

    Raises
    ------
    ReadError, RoleError
        Where the file is not a table of patients, or its columns do not fit the roles.
    """
    if isinstance(source, bytes):
        table = read_table(source, name or "uploaded table.csv")
    else:
        path = Path(source)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise ReadError(f"The file {shown(str(path))} cannot be opened: {error.strerror or error}.") from error
        table = read_table(data, name or path.name)
    return TrialData.from_frame(table.frame, roles, name=name or table.name)
