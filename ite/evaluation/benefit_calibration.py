"""Calibration of predicted benefit over groups of matched pairs."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd


class CalibrationError(NamedTuple):
    """Mean and largest absolute difference between predicted and observed benefit over the groups."""

    mean: float
    largest: float


def benefit_calibration(predicted: npt.ArrayLike, observed: npt.ArrayLike, groups: int) -> pd.DataFrame:
    """Return mean predicted and mean observed benefit in groups of (nearly) equal size along the prediction.

    Parameters
    ----------
    predicted, observed : array, shape (pairs,)
        Predicted and observed benefit of matched pairs, see `match_by_rank`.
    groups : int
        Number of groups, from the smallest prediction to the largest.

    Returns
    -------
    DataFrame
        group (1 = least predicted benefit), n, predicted, observed.
    """
    prediction, benefit = np.asarray(predicted, dtype=float), np.asarray(observed, dtype=float)
    parts = np.array_split(np.argsort(prediction, kind="stable"), groups)
    return pd.DataFrame(
        {
            "group": np.arange(1, groups + 1),
            "n": [len(rows) for rows in parts],
            "predicted": [prediction[rows].mean() for rows in parts],
            "observed": [benefit[rows].mean() for rows in parts],
        }
    )


def calibration_error(calibration: pd.DataFrame) -> CalibrationError:
    """Return the mean and the largest gap between prediction and observation over the groups.

    Source: Maas et al. 2023, Diagnostic and Prognostic Research 7:12 (E-statistics for benefit).
    """
    gap = np.abs(calibration["predicted"].to_numpy() - calibration["observed"].to_numpy())
    return CalibrationError(float(gap.mean()), float(gap.max()))
