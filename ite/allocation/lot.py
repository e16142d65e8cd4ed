"""A lot: everybody has the same chance of one option, which needs no prediction of who benefits."""

from typing import NamedTuple

import numpy as np

from ite.allocation.allocation import Allocation
from ite.allocation.candidates import Candidates
from ite.trial.columns import FloatArray


class Lot(NamedTuple):
    """The position of the option that is drawn for, and everybody's chance of it."""

    option: int
    chance: float


def lot(candidates: Candidates, budget: float) -> Lot:
    """Return the lot of most average benefit within a budget; without a limit, give infinity.

    Of the options it is the one whose average benefit, times the chance that the budget leaves to everybody, is
    largest: of little money the one of most benefit per cost, of enough for all the one of most benefit. A lot is drawn
    even where the average benefit is below the least that would be offered: it stands for giving out the same budget.
    """
    benefit, cost = candidates.size @ candidates.benefit, candidates.size @ candidates.cost
    chance = np.minimum(budget / cost, 1.0)
    option = int((benefit * chance).argmax())
    return Lot(option=option, chance=float(chance[option]))


def by_lot(candidates: Candidates, budget: float) -> Allocation:
    """Return a budget given out by lot."""
    drawn = lot(candidates, budget)
    return one_option(candidates, budget, drawn.option, np.full(len(candidates.size), drawn.chance))


def one_option(candidates: Candidates, budget: float, option: int, share: FloatArray) -> Allocation:
    """Return the allocation that offers one option to a share of each row's people, shape (rows,)."""
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
