"""Small trials for the tests of the estimation and of the evidence."""

import numpy as np
import pandas as pd

from ite.trial.data import TrialData
from ite.trial.roles import Roles

ARMS = ("control", "treated", "second", "third")


def covariate_names(covariates: int) -> tuple[str, ...]:
    return tuple(f"x{position}" for position in range(covariates))


def roles(covariates: int = 3, **changes: object) -> Roles:
    given = {"treatment": "arm", "control": "control", "outcome": "y", "covariates": covariate_names(covariates)}
    return Roles(**(given | changes))


def trial_frame(n: int, seed: int, *, arms: int = 2, covariates: int = 3) -> pd.DataFrame:
    """Standard normal covariates and y = x0 + 0.5 (treated) + noise, with arms of equal size."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, covariates))
    arm = rng.permutation(n) % arms
    frame = pd.DataFrame(x, columns=list(covariate_names(covariates)))
    return frame.assign(arm=np.array(ARMS)[arm], y=x[:, 0] + 0.5 * (arm == 1) + rng.standard_normal(n))


def small_trial(n: int = 120, seed: int = 0, *, arms: int = 2, covariates: int = 3, **changes: object) -> TrialData:
    return TrialData.from_frame(trial_frame(n, seed, arms=arms, covariates=covariates), roles(covariates, **changes))


def survival_frame(n: int, seed: int, *, rate: float = 0.2, drop_out: float = 0.05) -> pd.DataFrame:
    """Exponential times whose rate depends on x0, exponential drop-out, everybody else followed to time 20."""
    rng = np.random.default_rng(seed)
    frame = trial_frame(n, seed)
    onset = rng.standard_exponential(n) / (rate * np.exp(0.5 * frame["x0"] - 0.4 * (frame["arm"] == "treated")))
    left = np.minimum(rng.standard_exponential(n) / drop_out, 20.0)
    return frame.drop(columns="y").assign(time=np.minimum(onset, left), event=(onset <= left).astype(int))


def survival_trial(n: int = 160, seed: int = 0, **changes: object) -> TrialData:
    given = {"outcome": None, "time": "time", "event": "event"}
    return TrialData.from_frame(survival_frame(n, seed), roles(**(given | changes)))
