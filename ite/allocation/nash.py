"""Nash's bargain between groups: the budget is shared so that the product of the groups' gains is largest.

Legend: for each group, g(s) is the gain from spending s; mu is the relative gain, g'(s) / g(s), of the last unit that
each group spends, and the same for all.
"""

import numpy as np
from scipy.optimize import brentq

from ite.allocation.allocation import Allocation
from ite.allocation.budget_path import BudgetPath
from ite.allocation.group_paths import GroupPaths
from ite.allocation.guaranteed import guaranteed_spending
from ite.errors import AllocationError
from ite.trial.columns import FloatArray

#: The ends of the search are moved apart by this factor, so that rounding does not lose what lies at one of them.
_ROUNDING = 1.0 + 1e-9


def nash_allocation(paths: GroupPaths, budget: float) -> Allocation:
    """Return the allocation in which no group can raise its gain by a percentage that costs the others less in percent.

    Each gain is concave and piecewise linear in spending, so that spending falls steadily in mu; the mu at which the
    budget is used up is found by bisection. Groups of nobody are left out.

    Raises
    ------
    AllocationError
        For a budget of 0, and where nobody of a group is predicted to benefit: the product would always be 0.

    Source: Nash 1950, Econometrica 18:155-162.
    """
    if budget <= 0:
        raise AllocationError(f"A budget to share should be above 0, but {budget:g} was given. Raise it.")
    members = paths.candidates.members
    if (paths.most_gain[members > 0] <= 0).any():
        name = paths.candidates.groups[int(np.where(members > 0, paths.most_gain, np.inf).argmin())]
        raise AllocationError(
            f"Nash's bargain needs a gain that every group could have, but in '{name}' nobody is predicted to benefit. "
            "Choose another rule, or leave this group out."
        )
    if budget >= paths.most_spent.sum():
        return guaranteed_spending(paths, budget, paths.most_spent)
    held = [path for path in paths.paths if path.gain[-1] > 0]
    # At the first mu all that is worth buying is bought; at the second, concavity keeps each group below 1 / mu.
    low = min(float(path.steps.rate[-1] / path.gain[-1]) for path in held) / _ROUNDING
    high = len(held) / budget * _ROUNDING
    mu = brentq(lambda trial: float(_spending(paths, trial).sum()) - budget, low, high, xtol=1e-15 * high)
    spending = _spending(paths, mu)
    return guaranteed_spending(paths, budget, spending * (budget / spending.sum()))


def _spending(paths: GroupPaths, mu: float) -> FloatArray:
    return np.array([_spent(path, mu) for path in paths.paths])


def _spent(path: BudgetPath, mu: float) -> float:
    """Return the spending at which the relative gain of the last unit falls to mu."""
    gain = path.gain
    wanted = np.clip(path.steps.rate / mu, gain[:-1], gain[1:])
    return float(((wanted - gain[:-1]) / path.steps.rate).sum())
