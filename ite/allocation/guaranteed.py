"""The best allocation when each group is guaranteed a part of the budget, of the offers, or of the gain."""

from dataclasses import replace

import numpy as np

from ite.allocation.allocation import Allocation
from ite.allocation.candidates import Candidates
from ite.allocation.group_paths import GroupPaths, largest_common_gain, spend
from ite.allocation.offer_floors import offer_with_floors
from ite.errors import AllocationError
from ite.trial.columns import FloatArray

#: A guarantee is met within this share of it.
_ROUNDING = 1e-9


def guaranteed_spending(paths: GroupPaths, budget: float, floors: FloatArray) -> Allocation:
    """Return the best allocation that spends at least `floors` on each group, shape (groups,).

    A group on which less is worth spending gets all that is. The price of a guarantee is per unit of spending.

    Raises
    ------
    AllocationError
        If the floors add up to more than the budget.
    """
    floors = np.minimum(floors, paths.most_spent)
    if floors.sum() > budget * (1 + _ROUNDING):
        raise AllocationError(
            f"What is guaranteed to the groups costs {floors.sum():,.6g}, but the budget is {budget:,.6g}. Lower the "
            "guarantees, or raise the budget."
        )
    found = spend(paths, budget, floors)
    bound = (floors > 0) & (found.by_group <= floors * (1 + _ROUNDING))
    return Allocation(
        candidates=paths.candidates,
        budget=budget,
        offers=paths.offers(found.by_group),
        price=found.price,
        floor_price=np.where(bound, np.maximum(found.price - paths.weights * _last_rate(paths, floors), 0.0), 0.0),
    )


def guaranteed_gain(paths: GroupPaths, budget: float, gain_per_member: float) -> Allocation:
    """Return the best allocation in which no group gains less per member than this.

    The price of a group's guarantee is per unit of its gain.

    Raises
    ------
    AllocationError
        If the budget cannot give every group so much.
    """
    most = largest_common_gain(paths, budget)
    if gain_per_member > most * (1 + _ROUNDING):
        raise AllocationError(
            f"No budget of {budget:,.6g} gives every group a gain of {gain_per_member:.4g} per member. The most that "
            f"all can have is {most:.4g}."
        )
    return reachable_gain(paths, budget, min(gain_per_member, most))


def reachable_gain(paths: GroupPaths, budget: float, gain_per_member: float) -> Allocation:
    """Return the same for a gain that every group can have, at most `largest_common_gain`; it is not checked again."""
    floors = paths.spending_for(gain_per_member * paths.candidates.members)
    found = guaranteed_spending(paths, budget, floors)
    rate = _last_rate(paths, np.minimum(floors, paths.most_spent))
    return replace(found, floor_price=np.divide(found.floor_price, rate, out=np.zeros(len(rate)), where=rate > 0))


def guaranteed_offers(candidates: Candidates, budget: float, share: float, near: float | None = None) -> Allocation:
    """Return the best allocation that makes an offer to at least this share of every group's people.

    A group in which fewer are predicted to benefit has all of these offered. `near` is a guess of the price.

    Raises
    ------
    AllocationError
        If so many offers cost more than the budget.
    """
    least = np.minimum(share * candidates.members, _could_benefit(candidates))
    found = offer_with_floors(candidates, budget, least, near)
    return Allocation(
        candidates=candidates,
        budget=budget,
        offers=found.offers,
        price=found.price,
        floor_price=_offer_price(candidates, found.offers, found.price, least),
    )


def largest_common_offer(candidates: Candidates, budget: float) -> float:
    """Return the largest share of its people that every group can be offered something within a budget.

    A group in which too few are predicted to benefit counts as served with these.
    """
    cheapest = np.where(np.isfinite(candidates.helpful.T), candidates.cost, np.inf).min(axis=1)
    per_group = []
    for rows in filter(len, candidates.rows_of):
        order = rows[np.argsort(cheapest[rows])]
        order = order[np.isfinite(cheapest[order])]
        size = candidates.size[order]
        share = np.concatenate([[0.0], np.cumsum(size)]) / candidates.size[rows].sum()
        per_group.append((share, np.concatenate([[0.0], np.cumsum(size * cheapest[order])])))
    knots = np.unique(np.concatenate([share for share, _ in per_group]))
    needed = sum(np.interp(knots, share, cost) for share, cost in per_group)
    return float(np.interp(budget, needed, knots)) if needed[-1] > budget else float(knots[-1])


def _last_rate(paths: GroupPaths, spending: FloatArray) -> FloatArray:
    """Return the benefit of the last unit that each group spends, shape (groups,)."""
    pairs = zip(paths.paths, spending, strict=True)
    return np.array([path.price_at(float(spent) * (1 - _ROUNDING)) for path, spent in pairs])


def _could_benefit(candidates: Candidates) -> FloatArray:
    able = np.isfinite(candidates.helpful).any(axis=0)
    return candidates.total(candidates.size * able)


def _offer_price(candidates: Candidates, offers: FloatArray, price: float, least: FloatArray) -> FloatArray:
    """Return the benefit given up for the last guaranteed offer of each group.

    The last offer brings less than its cost is worth elsewhere; the difference is the price.
    """
    worth = np.where(offers > 0, candidates.benefit - price * candidates.cost, np.inf).min(axis=1, initial=np.inf)
    found = []
    for position, rows in enumerate(candidates.rows_of):
        last = float(worth[rows].min(initial=np.inf))
        found.append(max(-last, 0.0) if least[position] > 0 and np.isfinite(last) else 0.0)
    return np.array(found)
