"""Figures from simulated trials, each with its Monte-Carlo error."""

import numpy as np
import numpy.typing as npt

from ite.trial.columns import FloatArray
from ite.trial.monte_carlo import mean_error, share_error

Simulated = tuple[float, float]


def rate(happened: npt.ArrayLike) -> Simulated:
    """Return a proportion and its standard error; (NaN, NaN) of nothing."""
    values = np.asarray(happened)
    n = len(values)
    if n == 0:
        return float("nan"), float("nan")
    share = float(values.mean())
    return share, float(share_error(share, n))


def mean(values: FloatArray) -> Simulated:
    """Return a mean and its standard error, NaN of a single value; (NaN, NaN) of nothing."""
    if len(values) == 0:
        return float("nan"), float("nan")
    return float(values.mean()), float(mean_error(values))


def with_error(name: str, figure: Simulated) -> dict[str, float]:
    """Return a figure as two columns: its name, and its name with "_se"."""
    return {name: figure[0], f"{name}_se": figure[1]}
