"""The best explainable rule of one or two questions, of all such rules, by the scores and within a budget."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import Field

from ite.allocation.conditions import conditions_of
from ite.allocation.explainable_rule import Leaf, PolicyTree
from ite.allocation.tree_search import Shape, Sums, best_shape
from ite.errors import AllocationError, IteError
from ite.settings import Settings
from ite.trial.columns import FloatArray

#: The price is found within this share of it.
_CLOSE = 1e-7
_MOST_HALVINGS = 60


class PolicyTreeSpec(Settings):
    """Which explainable rules are searched; frozen, JSON round trip.

    Attributes
    ----------
    depth
        Questions on the way to an offer.
    cuts
        Most cuts of a number, or levels of a category, that are tried.
    least_share
        Smallest share of the patients in a leaf.
    covariates
        That may be asked for; None takes all of the trial's.
    """

    refusal: ClassVar[type[IteError]] = AllocationError
    called: ClassVar[str] = "An explainable rule"

    depth: Literal[1, 2] = Field(default=2, title="Questions")
    cuts: int = Field(default=20, ge=1, le=1000, title="Cuts tried")
    least_share: float = Field(default=0.05, ge=0, le=0.5, title="Smallest leaf (% of the patients)")
    covariates: tuple[str, ...] | None = Field(default=None, title="Covariates asked for")


@dataclass(frozen=True, kw_only=True, eq=False)
class TreeScores:
    """What a tree is grown on.

    Attributes
    ----------
    scores, cost : array, shape (patients, options)
        Doubly robust score, and cost, of each option against no offer.
    options : tuple of str
    """

    scores: FloatArray
    cost: FloatArray
    options: tuple[str, ...]


def grow_tree(
    covariates: pd.DataFrame, scores: TreeScores, spec: PolicyTreeSpec, budget: float = float("inf")
) -> PolicyTree:
    """Return the rule of largest summed scores within a budget, by exhaustive search over its questions.

    A price on cost is raised by bisection until the tree keeps the budget; then the tree just above the budget, with
    its last leaf served in part, and the one just below it are compared.

    Parameters
    ----------
    covariates : DataFrame, shape (patients, covariates)
    scores
        Of the same patients.
    budget
        For these patients, in the unit of the cost.
    """
    return _Grower(covariates, scores, spec).within(budget)


class _Grower:
    """Trees on the same patients at different prices: the sums are made once."""

    def __init__(self, covariates: pd.DataFrame, scores: TreeScores, spec: PolicyTreeSpec) -> None:
        self.scores, self.spec = scores, spec
        self.conditions = conditions_of(covariates, spec.cuts)
        patients = len(covariates)
        self.least = max(1.0, spec.least_share * patients)
        answers = [condition.holds(covariates) for condition in self.conditions]
        self.answers = np.array(answers, dtype=float).reshape(len(answers), patients).T
        self.people = Sums.of(self.answers, np.ones((patients, 1)))
        self.worth, self.cost = (Sums.of(self.answers, values) for values in (scores.scores, scores.cost))

    def within(self, budget: float) -> PolicyTree:
        low = self.at(0.0)
        if low.spent <= budget:
            return low
        price = 1.0 + 2.0 * float(np.max(np.abs(self.scores.scores) / self.scores.cost))  # nothing is worth so much
        high = self.at(price)
        for _ in range(_MOST_HALVINGS):
            if high.price - low.price <= _CLOSE * high.price:
                break
            middle = self.at((low.price + high.price) / 2)
            low, high = (middle, high) if middle.spent > budget else (low, middle)
        return max(high, low.within(budget), key=lambda tree: tree.gain)

    def at(self, price: float) -> PolicyTree:
        shape = best_shape(self.worth.less(price, self.cost), self.people, self.least, self.spec.depth)
        leaves = [self._leaf(path, price) for path in _paths(shape)]
        return PolicyTree(leaves=tuple(leaves), options=self.scores.options, price=price)

    def _leaf(self, path: tuple[tuple[int, bool], ...], price: float) -> Leaf:
        inside = np.ones(len(self.answers), dtype=np.bool_)
        for condition, yes in path:
            inside &= (self.answers[:, condition] == 1) == yes
        gain, spent = (values[inside].sum(axis=0) for values in (self.scores.scores, self.scores.cost))
        best = int(np.argmax(gain - price * spent))
        offered = bool(gain[best] - price * spent[best] > 0)
        return Leaf(
            conditions=tuple(self.conditions[condition] for condition, _ in path),
            yes=tuple(yes for _, yes in path),
            option=best if offered else -1,
            people=int(inside.sum()),
            gain=float(gain[best]) if offered else 0.0,
            spent=float(spent[best]) if offered else 0.0,
        )


def _paths(shape: Shape) -> Iterator[tuple[tuple[int, bool], ...]]:
    """Return the questions and answers that lead to each leaf."""
    if shape.root is None:
        yield ()
        return
    for yes, below in ((True, shape.after_yes), (False, shape.after_no)):
        if below is None:
            yield ((shape.root, yes),)
        else:
            yield from (((shape.root, yes), (below, answer)) for answer in (True, False))
