"""The best use of a budget when groups are guaranteed a number of offers and options differ in cost.

Legend: lambda is the price of the budget, v_i(lambda) = max over options of (benefit - lambda cost) the worth of
offering something to a person of row i. A group offers to everybody of positive worth, but at least to its floor,
by falling worth.
"""

from dataclasses import dataclass

import numpy as np

from ite.allocation.candidates import Candidates
from ite.errors import AllocationError
from ite.trial.columns import FloatArray, IntArray

_MOST_ROUNDS = 200
_DOUBLINGS = 60
#: How far from a guessed price the search looks first, how much farther then, and how often.
_NEAR, _WIDER, _MOST_STEPS = 0.002, 5.0, 5
_ROUNDING = 1e-13


@dataclass(frozen=True, kw_only=True, eq=False)
class Priced:
    """The best offers at a price of the budget.

    Attributes
    ----------
    price : float
    share, option : array, shape (rows,)
        Share of each row's people who are offered something, and the option.
    cost : float
        Of the offers.
    bound : float
        Largest benefit that any budget-keeping offers can have, seen from this price (Lagrangian bound).
    """

    price: float
    share: FloatArray
    option: IntArray
    cost: float
    bound: float

    def offers(self, options: int) -> FloatArray:
        """Return the offers, shape (rows, options)."""
        return np.asarray((self.option[:, None] == np.arange(options)) * self.share[:, None])


@dataclass(frozen=True, kw_only=True, eq=False)
class Offered:
    """The offers of most benefit: shape (rows, options), their cost, and the price of the budget."""

    offers: FloatArray
    cost: float
    price: float


def offer_with_floors(candidates: Candidates, budget: float, least: FloatArray, near: float | None = None) -> Offered:
    """Return the offers of most benefit within a budget and the floor of each group.

    Parameters
    ----------
    candidates, budget
        Who competes, and for how much.
    least : array, shape (groups,)
        People of each group who are offered something at least.
    near
        A guess of the price, such as that of a similar problem, from which the search starts; it saves time alone.

    The bound is convex and piecewise linear in the price. Its least value is found exactly, by going to where the
    tangents of the two nearest prices meet, until the bound there lies on them; the offers at these two prices are then
    both optimal, and their mixture uses up the budget.

    Raises
    ------
    AllocationError
        If the floors cost more than the budget.

    Source: Kelley 1960, J SIAM 8:703-712 (cutting planes), in one dimension.
    """
    low, high = _bracket(candidates, budget, least, near)
    if low.cost <= budget:
        return Offered(offers=low.offers(len(candidates.options)), cost=low.cost, price=0.0)
    missed = 0.0
    for step in range(_MOST_ROUNDS):
        # Tangents meet near the middle until no corner is left between two prices: only there can the search end. To
        # come there, first the price at which costs that fell evenly would use up the budget, then one on its other
        # side, twice as far as it missed.
        ending = step % 3 == 2
        price = _meeting(low, high, budget) if ending else _even_price(low, high, budget - 2 * missed)
        if not low.price < price < high.price:
            if ending:
                break
            continue
        new = _at_price(candidates, budget, least, price)
        if new.cost == budget:
            low = high = new
            break
        meeting = low.bound + (price - low.price) * (budget - low.cost)
        if ending and new.bound <= meeting + _ROUNDING * abs(meeting):
            break
        missed = new.cost - budget if step % 3 == 0 else 0.0
        low, high = (new, high) if new.cost > budget else (low, new)
    return _mixed(low, high, budget, len(candidates.options))


def _bracket(candidates: Candidates, budget: float, least: FloatArray, near: float | None) -> tuple[Priced, Priced]:
    """Return a price that costs more than the budget (or 0), and one that does not; from a guess ever farther out."""
    found = _at_price(candidates, budget, least, near or 0.0)
    if not near:
        return found, found if found.cost <= budget else _affordable(candidates, budget, least)
    low = high = found
    for step in range(_MOST_STEPS):
        reach = _NEAR * _WIDER**step
        if high.cost > budget:
            low, high = high, _at_price(candidates, budget, least, near * (1 + reach))
        elif low.cost <= budget and reach < 1:
            low, high = _at_price(candidates, budget, least, near * (1 - reach)), low
        else:
            break
    if low.cost > budget >= high.cost:
        return low, high
    return _bracket(candidates, budget, least, None)


def _at_price(candidates: Candidates, budget: float, least: FloatArray, price: float) -> Priced:
    best, option = _best_option(candidates, price)
    share = np.zeros(len(best))
    for position, rows in enumerate(candidates.rows_of):
        worth, size = best[rows], candidates.size[rows]
        wanted = float(size[worth > 0].sum())
        people = max(wanted, float(least[position]))
        share[rows] = worth > 0 if people == wanted else _largest(worth, size, float(people))
    people_offered = share * candidates.size
    cost = float(people_offered @ np.take_along_axis(candidates.cost, option[:, None], axis=1)[:, 0])
    bound = float(people_offered @ np.where(share > 0, best, 0.0)) + price * budget
    return Priced(price=price, share=share, option=option, cost=cost, bound=bound)


def _best_option(candidates: Candidates, price: float) -> tuple[FloatArray, IntArray]:
    """Return the worth of each row's best option and the option; -infinity where all are predicted to harm."""
    best = candidates.helpful[0] - price * candidates.cost[:, 0]
    option = np.zeros(len(best), dtype=np.int64)
    for position in range(1, len(candidates.options)):
        worth = candidates.helpful[position] - price * candidates.cost[:, position]
        option = np.where(worth > best, position, option)
        best = np.maximum(best, worth)
    return best, option


def _largest(worth: FloatArray, size: FloatArray, people: float) -> FloatArray:
    """Return the share of each row among this many people of largest worth; rows of one worth are taken alike.

    Nobody who is predicted to be harmed is taken, however many are asked for.
    """
    share = np.zeros(len(worth))
    fit = np.flatnonzero(np.isfinite(worth))
    if people <= 0 or not len(fit):
        return share
    last = _last_taken(worth[fit], size[fit], people)
    share[worth > last] = 1.0
    level = worth == last
    share[level] = min(1.0, (people - size[worth > last].sum()) / size[level].sum())
    return share


def _last_taken(worth: FloatArray, size: FloatArray, people: float) -> float:
    """Return the worth of the last row among this many people of largest worth."""
    wanted = people * (1 - 1e-12)
    if np.ptp(size) == 0:  # patients: no need to sort them all
        position = min(int(np.ceil(wanted / size[0])), len(worth)) - 1
        return float(-np.partition(-worth, position)[position])
    order = np.argsort(-worth)
    return float(worth[order[min(int(np.searchsorted(np.cumsum(size[order]), wanted)), len(order) - 1)]])


def _affordable(candidates: Candidates, budget: float, least: FloatArray) -> Priced:
    price = float(np.max(candidates.benefit / candidates.cost)) * 2
    for _ in range(_DOUBLINGS):
        found = _at_price(candidates, budget, least, price)
        if found.cost <= budget * (1 + 1e-12):
            return found
        price *= 2
    raise AllocationError(
        f"The offers guaranteed to the groups cost {found.cost:,.6g} at least, but the budget is {budget:,.6g}. Lower "
        f"the guarantee, or give {found.cost:,.6g}."
    )


def _meeting(low: Priced, high: Priced, budget: float) -> float:
    """Return the price at which the tangents of the bound meet."""
    falling, rising = budget - low.cost, budget - high.cost
    if rising == falling:
        return low.price
    return (low.bound - high.bound - falling * low.price + rising * high.price) / (rising - falling)


def _even_price(low: Priced, high: Priced, budget: float) -> float:
    """Return the price at which the budget would be used up if the cost fell evenly between two prices."""
    if low.cost == high.cost:  # to rounding the budget itself, when it just pays for the floors
        return low.price
    return low.price + (high.price - low.price) * (low.cost - budget) / (low.cost - high.cost)


def _mixed(low: Priced, high: Priced, budget: float, options: int) -> Offered:
    share = 1.0 if low.cost == high.cost else min(max((budget - high.cost) / (low.cost - high.cost), 0.0), 1.0)
    return Offered(
        offers=share * low.offers(options) + (1 - share) * high.offers(options),
        cost=share * low.cost + (1 - share) * high.cost,
        price=_meeting(low, high, budget),
    )
