"""Inequality of health along another rank, such as income: concentration index, slope and relative index.

Legend: x is the level of a group, R the fractional rank of its people from 0 (worst off) to 1, mu the mean of x.
"""

import numpy as np
import numpy.typing as npt

from ite.allocation.levels import Levels
from ite.errors import AllocationError
from ite.trial.columns import FloatArray

#: Ranks that differ by less than rounding are one.
_ROUNDING = 1e-24


def fractional_ranks(people: npt.ArrayLike) -> FloatArray:
    """Return the middle of each group's ranks among all people, for groups in order from the worst off.

    Parameters
    ----------
    people : array, shape (groups,)
    """
    share = Levels.of(np.zeros_like(np.asarray(people, dtype=float)), people).share
    return np.asarray(np.cumsum(share) - share / 2)


def concentration_index(levels: npt.ArrayLike, rank: npt.ArrayLike, people: npt.ArrayLike | None = None) -> float:
    """Return 2 cov(x, R) / mu: above 0 where the better off have more of it.

    Parameters
    ----------
    levels : array, shape (groups,)
        With a mean above 0.
    rank : array, shape (groups,)
        Fractional rank by another measure than the levels; see `fractional_ranks`.
    people : array, shape (groups,), or None
        None counts all groups alike.

    Raises
    ------
    AllocationError
        For a mean that is not above 0, or ranks outside 0 to 1.

    Source: Wagstaff, Paci & van Doorslaer 1991, Social Science & Medicine 33:545-557.
    """
    spread = Levels.of(levels, people)
    return 2.0 * spread.covariance(spread.value, _ranks(rank)) / spread.positive_mean("The concentration index")


def slope_index(levels: npt.ArrayLike, rank: npt.ArrayLike, people: npt.ArrayLike | None = None) -> float:
    """Return the slope index of inequality: the straight-line difference in x between the best and the worst off.

    Least squares of x on R, weighted by people. Parameters as of `concentration_index`; the mean may be any.

    Raises
    ------
    AllocationError
        For ranks that are all the same, or outside 0 to 1.

    Source: Pamuk 1985, Population Studies 39:17-31; Mackenbach & Kunst 1997, Social Science & Medicine 44:757-771.
    """
    spread, ranks = Levels.of(levels, people), _ranks(rank)
    variance = spread.covariance(ranks, ranks)
    if variance <= _ROUNDING:
        raise AllocationError(
            "A slope over ranks needs groups of at least two different ranks, but all have the same. Add a group, or "
            "correct the ranks."
        )
    return spread.covariance(spread.value, ranks) / variance


def relative_slope_index(levels: npt.ArrayLike, rank: npt.ArrayLike, people: npt.ArrayLike | None = None) -> float:
    """Return the relative index of inequality, slope index / mu; parameters and errors as of the two indices above."""
    mean = Levels.of(levels, people).positive_mean("The relative index of inequality")
    return slope_index(levels, rank, people) / mean


def _ranks(rank: npt.ArrayLike) -> FloatArray:
    ranks = np.asarray(rank, dtype=float)
    if not ((ranks >= 0) & (ranks <= 1)).all():
        raise AllocationError(
            "Fractional ranks run from 0 (worst off) to 1 (best off), but others were given. Give the share of the "
            "people who are worse off."
        )
    return ranks
