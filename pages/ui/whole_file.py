"""The file behind the trial with all its columns, those without a part included."""

import pandas as pd

from ite.trial.reading import read_table
from ite.trial.samples import DATA_FOLDER, sample
from pages.ui import state


def whole_file() -> pd.DataFrame | None:
    """Return the file of the trial in use, row by row as the trial; None where the session does not hold it."""
    study = state.load()
    if study.sample is not None:
        file = sample(study.sample).file
        return read_table((DATA_FOLDER / file).read_bytes(), file).frame
    table, trial = study.table, study.trial
    if table is None or trial is None or table.name != trial.name or len(table.frame) != trial.n:
        return None  # nothing was uploaded, or another file whose columns have no parts yet
    return table.frame
