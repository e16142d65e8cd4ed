"""The most benefit at every budget, without any rule of equity: the whole path at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ite.allocation.candidates import Candidates
from ite.allocation.envelope import Steps, steps_of
from ite.trial.columns import FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class BudgetPath:
    """Largest total benefit by budget: concave and piecewise linear.

    Attributes
    ----------
    steps : Steps
    spent, gain : array, shape (1 + steps,)
        Corners of the path, from nothing to everything worth buying.
    """

    steps: Steps
    spent: FloatArray
    gain: FloatArray

    def gain_at(self, budget: npt.ArrayLike) -> FloatArray:
        """Return the largest total benefit of each budget."""
        return np.asarray(np.interp(np.asarray(budget, dtype=float), self.spent, self.gain))

    def price_at(self, budget: float) -> float:
        """Return the benefit of one more unit of budget; 0 where everything worth buying is bought."""
        at = int(np.searchsorted(self.spent, budget, side="right")) - 1
        return float(self.steps.rate[at]) if at < len(self.steps.rate) else 0.0

    def taken_at(self, budget: float) -> FloatArray:
        """Return the share of each step that is taken, shape (steps,); steps of one rate are taken alike."""
        price = self.price_at(budget)
        before, after = np.searchsorted(-self.steps.rate, -price, side="left"), 0
        after = int(np.searchsorted(-self.steps.rate, -price, side="right"))
        taken = np.zeros(len(self.steps.rate))
        taken[:before] = 1.0
        if price > 0:
            block = self.spent[after] - self.spent[before]
            taken[before:after] = (budget - self.spent[before]) / block
        return taken


def budget_path(candidates: Candidates) -> BudgetPath:
    """Return the path: steps are taken by falling benefit per cost, which solves the linear programme at every budget.

    Source: Dantzig 1957, Operations Research 5:266-277; Sverdrup et al. 2025 (multi-armed Qini).
    """
    steps = steps_of(candidates)
    return BudgetPath(
        steps=steps,
        spent=np.concatenate([[0.0], np.cumsum(steps.cost)]),
        gain=np.concatenate([[0.0], np.cumsum(steps.gain)]),
    )


def offers_of(candidates: Candidates, steps: Steps, taken: FloatArray) -> FloatArray:
    """Return the share of each row's people who are offered each option, shape (rows, options)."""
    offers = np.zeros(candidates.benefit.shape)
    np.add.at(offers, (steps.row, steps.option), taken)
    moved = steps.left >= 0
    np.subtract.at(offers, (steps.row[moved], steps.left[moved]), taken[moved])
    return offers
