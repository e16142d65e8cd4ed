"""Effects of groups of patients from their scores, the groups cut along a prediction."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd


class Contrast(NamedTuple):
    """Effect of the top group minus that of the bottom group, with its standard error."""

    estimate: float
    se: float


def group_effects(scores: npt.ArrayLike, prediction: npt.ArrayLike, groups: int) -> pd.DataFrame:
    """Return the average effect of each group of (nearly) equal size along an out-of-fold prediction.

    Parameters
    ----------
    scores : array, shape (patients,)
        Doubly robust scores; their mean over a group estimates that group's effect.
    prediction : array, shape (patients,)
        What the patients are sorted by; tied patients stay in the order of the rows.
    groups : int
        Number of groups.

    Returns
    -------
    DataFrame
        group (1 = smallest prediction), n, estimate and se = standard deviation of the scores / sqrt(n). The standard
        errors do not know that the cuts were learnt from the same trial: descriptive for pooled folds.

    Raises
    ------
    ValueError
        If a group would hold fewer than two patients.

    Source: Chernozhukov, Demirer, Duflo & Fernandez-Val 2018, NBER 24678 (group average treatment effects).
    """
    effects, order = np.asarray(scores, dtype=float), np.argsort(np.asarray(prediction, dtype=float), kind="stable")
    if len(effects) < 2 * groups:
        raise ValueError(f"{groups} groups need at least {2 * groups} patients, not {len(effects)}")
    parts = [effects[rows] for rows in np.array_split(order, groups)]
    return pd.DataFrame(
        {
            "group": np.arange(1, groups + 1),
            "n": [len(part) for part in parts],
            "estimate": [part.mean() for part in parts],
            "se": [part.std(ddof=1) / np.sqrt(len(part)) for part in parts],
        }
    )


def top_minus_bottom(effects: pd.DataFrame) -> Contrast:
    """Return the difference between the last and the first group of `group_effects`."""
    estimate, se = effects["estimate"].to_numpy(), effects["se"].to_numpy()
    return Contrast(float(estimate[-1] - estimate[0]), float(np.hypot(se[-1], se[0])))
