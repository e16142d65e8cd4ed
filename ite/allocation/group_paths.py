"""The best use of a budget when groups are guaranteed a part of it, or a gain: exact, from one path for each group.

Legend: F is the spending guaranteed to a group, w its weight, lambda the price of the budget (weighted benefit of its
last unit). A group spends what is worth more than lambda / w to it, but at least F.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from scipy.optimize import brentq

from ite.allocation.budget_path import BudgetPath, budget_path, offers_of
from ite.allocation.candidates import Candidates
from ite.trial.columns import FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Spending:
    """What each group spends, shape (groups,), and the price of the budget."""

    by_group: FloatArray
    price: float


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupPaths:
    """The budget path of each group on its own.

    Attributes
    ----------
    candidates : Candidates
    parts, paths : tuple of Candidates, tuple of BudgetPath
        The candidates of each group, and their path, in the order of the groups.
    weights : array, shape (groups,)
        What a unit of benefit counts in each group.
    """

    candidates: Candidates
    parts: tuple[Candidates, ...]
    paths: tuple[BudgetPath, ...]
    weights: FloatArray

    @cached_property
    def rates(self) -> tuple[FloatArray, ...]:
        """Weighted benefit per cost of each group's steps, never rising."""
        return tuple(path.steps.rate * weight for path, weight in zip(self.paths, self.weights, strict=True))

    @cached_property
    def prices(self) -> FloatArray:
        """All prices that the budget can have, from 0 up: the rates of the steps."""
        return np.unique(np.concatenate([np.zeros(1), *self.rates]))

    @property
    def most_spent(self) -> FloatArray:
        """Spending beyond which a group gains nothing, shape (groups,)."""
        return np.array([path.spent[-1] for path in self.paths])

    @property
    def most_gain(self) -> FloatArray:
        """Gain of each group if all that is worth buying is bought for it, shape (groups,)."""
        return np.array([path.gain[-1] for path in self.paths])

    def gains(self, spending: FloatArray) -> FloatArray:
        """Return the gain of each group from its spending, shape (groups,)."""
        return np.array([path.gain_at(spent) for path, spent in zip(self.paths, spending, strict=True)])

    def spending_for(self, gains: FloatArray) -> FloatArray:
        """Return the least spending that gives each group a gain that it can reach, shape (groups,)."""
        return np.array([np.interp(gain, path.gain, path.spent) for path, gain in zip(self.paths, gains, strict=True)])

    def offers(self, spending: FloatArray) -> FloatArray:
        """Return who is offered what, shape (rows, options)."""
        offers = np.zeros(self.candidates.benefit.shape)
        for rows, part, path, spent in zip(self.candidates.rows_of, self.parts, self.paths, spending, strict=True):
            offers[rows] = offers_of(part, path.steps, path.taken_at(float(spent)))
        return offers


def group_paths(candidates: Candidates, weights: FloatArray | None = None) -> GroupPaths:
    """Return the paths; without weights, benefit counts alike in every group."""
    parts = tuple(candidates.among(rows) for rows in candidates.rows_of)
    return GroupPaths(
        candidates=candidates,
        parts=parts,
        paths=tuple(budget_path(part) for part in parts),
        weights=np.ones(len(candidates.groups)) if weights is None else weights,
    )


def spend(paths: GroupPaths, budget: float, floors: FloatArray) -> Spending:
    """Spend a budget where it brings most weighted benefit, and on each group at least its floor.

    Parameters
    ----------
    paths, budget
        Groups, and the total.
    floors : array, shape (groups,)
        Guaranteed spending: at most `most_spent`, and together at most the budget.

    Notes
    -----
    The price is found by bisection over the rates of all steps, in time O(groups log(steps)^2) once they are sorted.
    """
    low, high = 0, len(paths.prices)  # the price is the largest at which the budget is used up
    while high - low > 1:
        middle = (low + high) // 2
        if np.maximum(floors, _worth(paths, paths.prices[middle], "left")).sum() >= budget:
            low = middle
        else:
            high = middle
    price = float(paths.prices[low])
    above = np.maximum(floors, _worth(paths, price, "right"))
    with_block = np.maximum(floors, _worth(paths, price, "left"))
    block = float((with_block - above).sum())
    share = 0.0 if block <= 0 or price == 0 else min(max((budget - above.sum()) / block, 0.0), 1.0)
    return Spending(by_group=above + share * (with_block - above), price=price)


def largest_common_gain(paths: GroupPaths, budget: float) -> float:
    """Return the largest gain per member that every group can be given at once."""
    members = paths.candidates.members
    most = float(np.nanmin(paths.candidates.per_member(paths.most_gain)))

    def left_over(gain: float) -> float:
        return budget - float(paths.spending_for(gain * members).sum())

    return most if left_over(most) >= 0 else float(brentq(left_over, 0.0, most, xtol=1e-15 * most, rtol=1e-15))


def _worth(paths: GroupPaths, price: float, side: Literal["left", "right"]) -> FloatArray:
    """Return the spending of each group on steps above a price ("right"), or at and above it ("left")."""
    counts = [len(rate) - int(np.searchsorted(rate[::-1], price, side)) for rate in paths.rates]
    return np.array([path.spent[count] for path, count in zip(paths.paths, counts, strict=True)])
