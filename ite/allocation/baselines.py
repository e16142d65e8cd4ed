"""Ways to allocate that need no prediction of benefit, to compare with: by lot, by risk, and everybody."""

from typing import Literal, get_args

import numpy as np

from ite.allocation.allocation import Allocation
from ite.allocation.fitted import HeldOut
from ite.allocation.lot import by_lot, lot, one_option
from ite.trial.columns import FloatArray

Baseline = Literal["by lot", "by risk", "everybody"]
BASELINES: tuple[Baseline, ...] = get_args(Baseline)


def baselines(fold: HeldOut, outlook: FloatArray) -> tuple[Allocation, ...]:
    """Return the baselines' allocations in a fold, in the order of `BASELINES`.

    "by lot" gives each candidate the same chance of one option (see `lot`), "by risk" gives the same option from the
    worst outlook under control up, "everybody" has no limit of budget and offers the option of most average benefit.

    Parameters
    ----------
    outlook : array, shape (rows,)
        Predicted outcome under control; larger is better.
    """
    candidates, budget = fold.candidates, fold.budget
    option = lot(candidates, budget).option
    first = _first(outlook, candidates.cost[:, option] * candidates.size, budget)
    best = lot(candidates, np.inf).option
    return (
        by_lot(candidates, budget),
        one_option(candidates, budget, option, first),
        one_option(candidates, budget, best, np.ones(len(first))),
    )


def _first(outlook: FloatArray, cost: FloatArray, budget: float) -> FloatArray:
    """Return the share of each row that is served if the worst outlook goes first; equal outlooks are served alike."""
    levels, level = np.unique(outlook, return_inverse=True)
    needed = np.bincount(level, weights=cost, minlength=len(levels))
    before = np.cumsum(needed) - needed
    return np.asarray(np.clip((budget - before) / needed, 0.0, 1.0)[level])
