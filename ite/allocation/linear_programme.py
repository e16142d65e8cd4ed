"""Any linear rule of fairness, by linear programming."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from ite.allocation.allocation import Allocation
from ite.allocation.candidates import Candidates
from ite.errors import AllocationError
from ite.trial.columns import FloatArray, IntArray

_INFEASIBLE = 2
#: Of two programmes solved after one another, the second keeps the first's result within this share.
_SLACK = 1e-9
#: Stands for the people of an empty group, which has no offers to divide.
_NOBODY = 1e-300
#: Variables beside the offers: the smallest share offered, and the smallest gain per member, of all groups.
_Smallest = Literal["offered", "gain"]


@dataclass(frozen=True, kw_only=True, eq=False)
class LinearRule:
    """What an allocation must do for the groups; everything is left free by default.

    Attributes
    ----------
    least_offered, most_offered : array, shape (groups,), or None
        Limits of the share of each group's people who are offered something.
    least_gain : array, shape (groups,), or None
        Least gain per member.
    offer_gap, gain_gap : float or None
        Largest difference between groups in the share offered (0 is parity), and in the gain per member (0 is equal
        gain).
    weights : array, shape (groups,), or None
        What a unit of benefit counts in each group.
    maximin : bool
        Make the smallest gain per member as large as possible first, then the total.
    """

    least_offered: FloatArray | None = None
    most_offered: FloatArray | None = None
    least_gain: FloatArray | None = None
    offer_gap: float | None = None
    gain_gap: float | None = None
    weights: FloatArray | None = None
    maximin: bool = False


def solve_linear(candidates: Candidates, budget: float, rule: LinearRule) -> Allocation:
    """Return the allocation of most (weighted) benefit that keeps the budget and the rule.

    Nobody is offered what is predicted to harm.

    Raises
    ------
    AllocationError
        If no allocation keeps the rule.

    Source: Huangfu & Hall 2018, Mathematical Programming Computation 10:119-142 (HiGHS).
    """
    if rule.maximin:
        floors = np.full(len(candidates.groups), _smallest_gain(candidates, budget, rule) * (1 - _SLACK))
        least = floors if rule.least_gain is None else np.maximum(floors, rule.least_gain)
        rule = replace(rule, least_gain=least, maximin=False)
    programme = _under(candidates, budget, rule)
    weights = np.ones(len(candidates.groups)) if rule.weights is None else rule.weights
    solution = programme.solved(-programme.benefit * weights[candidates.group[programme.row]])
    offers = np.zeros(candidates.benefit.shape)
    offers[programme.row, programme.option] = solution.variables[:-2]
    duals = solution.prices
    return Allocation(
        candidates=candidates,
        budget=budget,
        offers=offers,
        price=float(duals[0]),
        floor_price=np.nan_to_num(candidates.per_member(_floor_prices(programme, duals))),
    )


class _Solution(NamedTuple):
    """Values of the variables, and the price of each constraint but "at most one offer each"."""

    variables: FloatArray
    prices: FloatArray


@dataclass(kw_only=True)
class _Programme:
    """A linear programme in the offers, one variable each, and two more: the smallest of the groups."""

    candidates: Candidates
    row: IntArray
    option: IntArray
    constraints: list[FloatArray] = field(default_factory=list)
    limits: list[float] = field(default_factory=list)
    floors: list[int] = field(default_factory=list)
    floor_of: list[int] = field(default_factory=list)

    @property
    def people(self) -> FloatArray:
        return self.candidates.size[self.row]

    @property
    def benefit(self) -> FloatArray:
        return self.candidates.benefit[self.row, self.option] * self.people

    @property
    def cost(self) -> FloatArray:
        return self.candidates.cost[self.row, self.option] * self.people

    def per_member(self, values: FloatArray, position: int) -> FloatArray:
        inside = self.candidates.group[self.row] == position
        return np.asarray(values * inside / max(self.candidates.members[position], _NOBODY))

    def at_most(self, values: FloatArray, limit: float, smallest: tuple[_Smallest, float] | None = None) -> None:
        more = [0.0, 0.0]
        if smallest is not None:
            more[0 if smallest[0] == "offered" else 1] = smallest[1]
        self.constraints.append(np.concatenate([values, more]))
        self.limits.append(limit)

    def floor(self, values: FloatArray, limit: float, position: int) -> None:
        self.floors.append(len(self.limits))
        self.floor_of.append(position)
        self.at_most(-values, -limit)

    def solved(self, objective: FloatArray, smallest: float = 0.0) -> _Solution:
        rows, offers = len(self.candidates.size), len(self.row)
        once = sparse.csr_matrix((np.ones(offers), (self.row, np.arange(offers))), shape=(rows, offers + 2))
        left: Any = sparse.vstack([once, sparse.csr_matrix(np.array(self.constraints))])  # not in scipy's own types
        found = linprog(
            np.concatenate([objective, [0.0, smallest]]),
            A_ub=left,
            b_ub=np.concatenate([np.ones(rows), self.limits]),
            bounds=[*[(0.0, 1.0)] * offers, (None, None), (None, None)],
            method="highs",
        )
        if found.status == _INFEASIBLE:
            raise AllocationError(
                "No allocation within the budget keeps this rule: it guarantees more than the budget pays for, or "
                "offers to more people than are predicted to benefit. Lower a guarantee or raise the budget."
            )
        if not found.success:
            raise RuntimeError(found.message)
        return _Solution(variables=np.asarray(found.x), prices=-np.asarray(found.ineqlin.marginals)[rows:])


def _under(candidates: Candidates, budget: float, rule: LinearRule) -> _Programme:
    row, option = np.nonzero(np.isfinite(candidates.helpful.T))
    programme = _Programme(candidates=candidates, row=row, option=option)
    programme.at_most(programme.cost, budget)
    for position in range(len(candidates.groups)):
        offered = programme.per_member(programme.people, position)
        gained = programme.per_member(programme.benefit, position)
        if rule.least_offered is not None:
            programme.floor(offered, float(rule.least_offered[position]), position)
        if rule.least_gain is not None:
            programme.floor(gained, float(rule.least_gain[position]), position)
        if rule.most_offered is not None:
            programme.at_most(offered, float(rule.most_offered[position]))
        if rule.offer_gap is not None:
            _within(programme, offered, rule.offer_gap, "offered")
        if rule.gain_gap is not None:
            _within(programme, gained, rule.gain_gap, "gain")
    return programme


def _within(programme: _Programme, values: FloatArray, gap: float, of: _Smallest) -> None:
    programme.at_most(-values, 0.0, (of, 1.0))
    programme.at_most(values, gap, (of, -1.0))


def _floor_prices(programme: _Programme, prices: FloatArray) -> FloatArray:
    """Return the price of what is guaranteed to each group, per unit of its guarantee per member."""
    owners, rows = (np.array(values, dtype=np.int64) for values in (programme.floor_of, programme.floors))
    return np.asarray(np.bincount(owners, prices[rows], len(programme.candidates.groups)), dtype=float)


def _smallest_gain(candidates: Candidates, budget: float, rule: LinearRule) -> float:
    programme = _under(candidates, budget, rule)
    for position in range(len(candidates.groups)):
        programme.at_most(-programme.per_member(programme.benefit, position), 0.0, ("gain", 1.0))
    return float(programme.solved(np.zeros(len(programme.row)), smallest=-1.0).variables[-1])
