"""What a programme adds to health and to its equality, over how much inequality is disliked."""

from collections.abc import Callable
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from ite.allocation.distributional_gain import Aversion
from ite.allocation.health_groups import HealthGroups
from ite.allocation.inequality import gini, lorenz_curve
from ite.allocation.rank_inequality import concentration_index, relative_slope_index, slope_index
from ite.errors import AllocationError
from ite.trial.columns import FloatArray

Kind = Literal["relative", "absolute"]
#: Aversions up to which the verdict is followed: Atkinson's, and Kolm's times the largest difference between levels.
_STRONGEST: dict[Kind, float] = {"relative": 30.0, "absolute": 10.0}
_POINTS, _FINE = 31, 61
#: Gains that differ from 0 by less than this part of the largest are rounding.
_ROUNDING = 1e-9


def strongest_aversion(groups: HealthGroups, kind: Kind) -> float:
    """Return the aversion up to which the verdict is followed; Kolm's is per unit of the levels."""
    if kind == "relative":
        return _STRONGEST[kind]
    levels = np.concatenate([groups.before, groups.after])
    return _STRONGEST[kind] / (float(np.ptp(levels)) or 1.0)


def equity_impact(groups: HealthGroups, aversion: Aversion) -> pd.DataFrame:
    """Return what a programme adds to the mean and to equality, over aversions that include the one given.

    Returns
    -------
    DataFrame, one row per aversion, from 0
        strength, mean_gain, equity_gain (what the change of the spread adds), ede_gain (their sum).

    Raises
    ------
    AllocationError
        For levels below 0 with a relative aversion.
    """
    even = np.linspace(0.0, max(strongest_aversion(groups, aversion.kind), aversion.strength), _POINTS)
    rows = []
    for strength in np.union1d(even, [aversion.strength]):
        found = groups.worth(Aversion(kind=aversion.kind, strength=float(strength)))
        rows.append((float(strength), found.mean_gain, found.equity_gain, found.ede_gain))
    return pd.DataFrame(rows, columns=["strength", "mean_gain", "equity_gain", "ede_gain"])


def turning_aversions(groups: HealthGroups, kind: Kind) -> tuple[float, ...]:
    """Return the aversions at which a programme turns from worth having to not, or back; none where it never does.

    They are searched from 0 to `strongest_aversion`; errors as of `equity_impact`.
    """

    def worth(strength: float) -> float:
        return groups.worth(Aversion(kind=kind, strength=float(strength))).ede_gain

    strengths = np.linspace(0.0, strongest_aversion(groups, kind), _FINE)
    values = np.array([worth(strength) for strength in strengths])
    clear = np.abs(values) > _ROUNDING * float(np.abs(groups.net).max())
    known = zip(strengths[clear].tolist(), np.sign(values[clear]).tolist(), strict=True)
    return tuple(float(brentq(worth, low, high)) for (low, one), (high, other) in pairwise(known) if one != other)


def inequality_measures(groups: HealthGroups) -> pd.DataFrame:
    """Return the measures of inequality without and with a programme; NaN where the levels have none.

    Returns
    -------
    DataFrame, one row per measure
        measure ("mean", "gini", "concentration index", "slope index", "relative index"), before, after.
    """
    people, rank = groups.people, groups.rank
    measures: dict[str, Callable[[FloatArray], float]] = {
        "mean": lambda levels: float(np.average(levels, weights=people)),
        "gini": lambda levels: gini(levels, people),
        "concentration index": lambda levels: concentration_index(levels, rank, people),
        "slope index": lambda levels: slope_index(levels, rank, people),
        "relative index": lambda levels: relative_slope_index(levels, rank, people),
    }
    rows = [(name, _known(of, groups.before), _known(of, groups.after)) for name, of in measures.items()]
    return pd.DataFrame(rows, columns=["measure", "before", "after"])


def lorenz_curves(groups: HealthGroups) -> pd.DataFrame:
    """Return the Lorenz curves without and with a programme: programme ("without", "with"), people, held.

    Raises
    ------
    AllocationError
        For levels below 0; see `lorenz_curve`.
    """
    levels = {"without": groups.before, "with": groups.after}
    curves = [lorenz_curve(values, groups.people).assign(programme=name) for name, values in levels.items()]
    return pd.concat(curves, ignore_index=True)[["programme", "people", "held"]]


def _known(measure: Callable[[FloatArray], float], levels: FloatArray) -> float:
    """Return NaN for a measure that levels such as negative ones do not have."""
    try:
        return measure(levels)
    except AllocationError:
        return float("nan")
