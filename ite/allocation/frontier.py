"""The frontier of equity and efficiency: the most benefit at each guarantee to the group that is served least."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ite.allocation.allocation import Allocation
from ite.allocation.candidates import Candidates
from ite.allocation.group_paths import GroupPaths, group_paths, largest_common_gain
from ite.allocation.guaranteed import guaranteed_offers, guaranteed_spending, largest_common_offer, reachable_gain
from ite.trial.columns import FloatArray

#: What is guaranteed to every group: a share of its people who are offered something, or a gain per member.
Guarantee = Literal["offers", "gain"]
POINTS = 21


@dataclass(frozen=True, kw_only=True, eq=False)
class Frontier:
    """Allocations from the most efficient one to the one that guarantees most.

    Attributes
    ----------
    guarantee : "offers" or "gain"
    level : array, shape (points,)
        What every group has at least, from what efficiency alone gives to the most that all can have.
    allocations : tuple of Allocation
        The best at each level: total benefit falls from point to point, along a concave line.
    """

    guarantee: Guarantee
    level: FloatArray
    allocations: tuple[Allocation, ...]

    @property
    def gain(self) -> FloatArray:
        """Total benefit of each point."""
        return np.array([allocation.gain for allocation in self.allocations])


def frontier(candidates: Candidates, budget: float, guarantee: Guarantee = "offers", points: int = POINTS) -> Frontier:
    """Return the exact frontier at evenly spaced levels of the guarantee.

    Source: epsilon-constraint method (Haimes, Lasdon & Wismer 1971, IEEE Trans SMC 1:296-297).
    """
    paths = group_paths(candidates)
    efficient = guaranteed_spending(paths, budget, np.zeros(len(candidates.groups)))
    column = "share_offered" if guarantee == "offers" else "gain_per_member"
    least = float(efficient.groups[column].min())  # of the groups that hold anybody
    most = largest_common_offer(candidates, budget) if guarantee == "offers" else largest_common_gain(paths, budget)
    level = np.linspace(least, max(most, least), points)
    found = [efficient]
    for wanted in level[1:]:
        # Prices rise evenly from point to point, near enough to start a search from.
        near = 2 * found[-1].price - found[-2].price if len(found) > 1 else found[-1].price
        found.append(_at(paths, budget, guarantee, float(wanted), near))
    return Frontier(guarantee=guarantee, level=level, allocations=tuple(found))


def _at(paths: GroupPaths, budget: float, guarantee: Guarantee, level: float, near: float) -> Allocation:
    candidates = paths.candidates
    if guarantee == "gain":
        return reachable_gain(paths, budget, level)
    if candidates.one_price:  # then offers are spending, and one path for each group answers at once
        return guaranteed_spending(paths, budget, level * candidates.members * candidates.cost[0, 0])
    return guaranteed_offers(candidates, budget, level, near)
