"""A trial without any flaw, ways to put one in, and the finding that should speak of it."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from ite.trial.checks import Finding, check_trial
from ite.trial.data import TrialData
from ite.trial.roles import Roles

Change = Callable[[pd.DataFrame], pd.DataFrame]
N = 200


def clean_frame(seed: int = 1) -> pd.DataFrame:
    """Return a trial without any flaw."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "id": [f"P{number}" for number in range(N)],
            "arm": rng.permutation(["control", "active"] * (N // 2)),
            "age": np.round(rng.normal(60, 8, N), 1),
            "sex": rng.choice(["female", "male"], N),
            "marker": rng.normal(size=N),
            "y": rng.normal(size=N),
            "days": np.round(rng.exponential(300, N) + 1),
            "died": rng.binomial(1, 0.5, N),
            "other": np.zeros(N, dtype=int),
        }
    )
    return frame.assign(cured=rng.binomial(1, 0.4, N))


def trial_of(frame: pd.DataFrame, **changes: object) -> TrialData:
    settings: dict[str, object] = {
        "id": "id",
        "treatment": "arm",
        "control": "control",
        "outcome": "y",
        "covariates": ("age", "sex", "marker"),
    }
    return TrialData.from_frame(frame, Roles.model_validate(settings | changes))


SURVIVAL: dict[str, object] = {"outcome": None, "time": "days", "event": "died"}


def finding(trial: TrialData, name: str) -> Finding:
    found = [each for each in check_trial(trial).findings if each.name == name]
    assert len(found) == 1, [each.name for each in check_trial(trial).findings]
    return found[0]


def change(column: str, rows: list[int], value: object) -> pd.DataFrame:
    frame = clean_frame()
    if isinstance(value, str) or value is None:
        frame[column] = frame[column].astype(object)
    frame.loc[rows, column] = value
    return frame
