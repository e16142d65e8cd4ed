"""Ways to allocate that need no prediction of benefit, to compare with: by lot, by risk, and everybody."""

from typing import Literal, get_args

import numpy as np

from ite.allocation.allocation import Allocation
from ite.allocation.candidates import Candidates
from ite.allocation.fitted import HeldOut
from ite.trial.columns import FloatArray

Baseline = Literal["by lot", "by risk", "everybody"]
BASELINES: tuple[Baseline, ...] = get_args(Baseline)


def baselines(fold: HeldOut, outlook: FloatArray) -> tuple[Allocation, ...]:
    """Return the baselines' allocations in a fold, in the order of `BASELINES`.

    All offer the option of largest predicted average benefit. "by lot" gives each candidate the same chance, "by risk"
    goes from the worst outlook under control up, "everybody" has no limit of budget.

    Parameters
    ----------
    outlook : array, shape (rows,)
        Predicted outcome under control; larger is better.
    """
    candidates, budget = fold.candidates, fold.budget
    option = int(np.argmax(candidates.size @ candidates.benefit))
    cost = candidates.cost[:, option] * candidates.size
    affordable = min(budget / cost.sum(), 1.0)
    shares = (np.full(len(cost), affordable), _first(outlook, cost, budget), np.ones(len(cost)))
    return tuple(_allocation(candidates, budget, option, share) for share in shares)


def _first(outlook: FloatArray, cost: FloatArray, budget: float) -> FloatArray:
    """Return the share of each row that is served if the worst outlook goes first; equal outlooks are served alike."""
    levels, level = np.unique(outlook, return_inverse=True)
    needed = np.bincount(level, weights=cost, minlength=len(levels))
    before = np.cumsum(needed) - needed
    return np.asarray(np.clip((budget - before) / needed, 0.0, 1.0)[level])


def _allocation(candidates: Candidates, budget: float, option: int, share: FloatArray) -> Allocation:
    offers = np.zeros(candidates.benefit.shape)
    offers[:, option] = share
    # Whatever budget there is, is used up where not everybody is served: one more patient takes another's place.
    limited = bool(share.min() < 1)
    return Allocation(
        candidates=candidates,
        budget=budget,
        offers=offers,
        price=float(np.average(candidates.benefit[:, option], weights=candidates.size)) if limited else 0.0,
        floor_price=np.zeros(len(candidates.groups)),
    )
