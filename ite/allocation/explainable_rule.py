"""A rule that can be said in words: who falls into which leaf, and what is offered there as far as a budget goes."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pandas as pd

from ite.allocation.conditions import Condition
from ite.trial.columns import BoolArray, FloatArray, IntArray

NO_OFFER = "no offer"


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """Patients who give the same answers, and what they are offered.

    Attributes
    ----------
    conditions, yes : tuple
        The questions on the way, and the answers.
    option : int
        Position of the option, -1 for no offer.
    people : int
        Of those the tree was grown on.
    gain, spent : float
        Sum of their scores and costs under the option, all of them served. The gain looks too good: the tree was chosen
        by it.
    share : float
        Share of them who are served within the budget, by lot.
    """

    conditions: tuple[Condition, ...]
    yes: tuple[bool, ...]
    option: int
    people: int
    gain: float
    spent: float
    share: float = 1.0

    @property
    def rate(self) -> float:
        """Gain per cost; 0 without an offer."""
        return self.gain / self.spent if self.spent > 0 else 0.0

    def holds(self, covariates: pd.DataFrame) -> BoolArray:
        """Return who comes to this leaf, shape (patients,)."""
        inside = np.ones(len(covariates), dtype=np.bool_)
        for condition, yes in zip(self.conditions, self.yes, strict=True):
            inside &= condition.holds(covariates) == yes
        return inside

    @property
    def who(self) -> str:
        """The patients of the leaf in words, such as "age <= 62 and nodes > 4"."""
        answers = [condition.words(yes=yes) for condition, yes in zip(self.conditions, self.yes, strict=True)]
        return " and ".join(answers) or "everybody"


@dataclass(frozen=True, kw_only=True, eq=False)
class PolicyTree:
    """A rule of at most four leaves, which every patient falls into one of.

    Attributes
    ----------
    leaves : tuple of Leaf
    options : tuple of str
    price : float
        Benefit per unit of cost that an offer had to bring; 0 where the budget is no limit.
    """

    leaves: tuple[Leaf, ...]
    options: tuple[str, ...]
    price: float

    @property
    def gain(self) -> float:
        """Sum of the scores of those who are served."""
        return sum(leaf.share * leaf.gain for leaf in self.leaves)

    @property
    def spent(self) -> float:
        """Sum of the costs of those who are served."""
        return sum(leaf.share * leaf.spent for leaf in self.leaves)

    @property
    def words(self) -> tuple[str, ...]:
        """One sentence for each leaf, such as "age <= 62 and nodes > 4: treat"."""
        return tuple(self._sentence(leaf) for leaf in self.leaves)

    def leaf_of(self, covariates: pd.DataFrame) -> IntArray:
        """Return the position of each patient's leaf, shape (patients,)."""
        return np.asarray(np.argmax([leaf.holds(covariates) for leaf in self.leaves], axis=0), dtype=np.int64)

    def offers(self, covariates: pd.DataFrame, cost: FloatArray, budget: float) -> FloatArray:
        """Return the share of each patient's chance of each option, shape (patients, options).

        Leaves are served by falling gain per cost as far as the budget goes, the last of them in part and by lot.

        Parameters
        ----------
        covariates : DataFrame, shape (patients, covariates)
        cost : array, shape (patients, options)
        budget
            For these patients.
        """
        offers, left, leaf_of = np.zeros(cost.shape), budget, self.leaf_of(covariates)
        for position in self._by_rate:
            inside, option = leaf_of == position, self.leaves[position].option
            needed = float(cost[inside, option].sum())
            if needed > 0:
                offers[inside, option] = min(left / needed, 1.0)
                left = max(left - needed, 0.0)
        return offers

    def within(self, budget: float) -> Self:
        """Return the rule with its leaves served by falling gain per cost until a budget is used up."""
        left, leaves = budget, list(self.leaves)
        for position in self._by_rate:
            leaf = leaves[position]
            leaves[position] = replace(leaf, share=min(left / leaf.spent, 1.0))
            left = max(left - leaf.spent, 0.0)
        return replace(self, leaves=tuple(leaves))

    @property
    def _by_rate(self) -> list[int]:
        """Leaves with an offer, by falling gain per cost."""
        offered = [position for position, leaf in enumerate(self.leaves) if leaf.option >= 0]
        return sorted(offered, key=lambda position: -self.leaves[position].rate)

    def _sentence(self, leaf: Leaf) -> str:
        offered = self.options[leaf.option] if leaf.option >= 0 and leaf.share > 0 else NO_OFFER
        part = f" for {100 * leaf.share:.0f} % of them, by lot" if leaf.option >= 0 and 0 < leaf.share < 1 else ""
        return f"{leaf.who}: {offered}{part}"
