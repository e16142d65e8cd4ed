"""One way to allocate: who is offered what, what it brings and to whom."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.allocation.candidates import Candidates
from ite.trial.columns import FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Allocation:
    """Offers within a budget.

    Attributes
    ----------
    candidates : Candidates
    budget : float
    offers : array, shape (rows, options)
        Share of each row's people who are offered each option; 0, 1, or between at the margin of the budget.
    price : float
        Benefit of one more unit of budget (its shadow price).
    floor_price : array, shape (groups,)
        Benefit given up for the last unit of what is guaranteed to each group (spending, offers or gain); 0 where the
        guarantee costs nothing.
    """

    candidates: Candidates
    budget: float
    offers: FloatArray
    price: float
    floor_price: FloatArray

    @property
    def gain(self) -> float:
        """Benefit of all people together."""
        return float(self.by_group(self.candidates.benefit).sum())

    @property
    def spent(self) -> float:
        """Cost of all offers."""
        return float(self.by_group(self.candidates.cost).sum())

    def by_group(self, per_person: FloatArray) -> FloatArray:
        """Add up over the offers what one person under an option brings, shape (groups,).

        Parameters
        ----------
        per_person : array, shape (rows, options)
        """
        return self.candidates.total((self.offers * per_person).sum(axis=1) * self.candidates.size)

    @property
    def groups(self) -> pd.DataFrame:
        """One row per group: group, members, offered, share_offered, spent, gain, gain_per_member, floor_price."""
        members = self.candidates.members
        offered, gain = self.by_group(np.ones_like(self.candidates.benefit)), self.by_group(self.candidates.benefit)
        return pd.DataFrame(
            {
                "group": list(self.candidates.groups),
                "members": members,
                "offered": offered,
                "share_offered": self.candidates.per_member(offered),
                "spent": self.by_group(self.candidates.cost),
                "gain": gain,
                "gain_per_member": self.candidates.per_member(gain),
                "floor_price": self.floor_price,
            }
        )
