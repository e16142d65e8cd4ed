"""Who competes for a limited treatment: the benefit and the cost of each option, row by row."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from ite.errors import AllocationError
from ite.trial.columns import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Candidates:
    """Patients, or groups of like people, who could be offered one of several options, or none.

    Attributes
    ----------
    benefit, cost : array, shape (rows, options)
        Of one person of the row under the option, against no offer: benefit in the unit of the effects, cost above 0
        in the unit of the budget.
    size : array, shape (rows,)
        People in a row: 1 for a patient.
    group : array of int, shape (rows,)
        Position of the row's group in `groups`.
    groups, options : tuple of str
    least_benefit : float
        An option of no more benefit than this is not offered to anybody: at 0, what is predicted to harm.
    """

    benefit: FloatArray
    cost: FloatArray
    size: FloatArray
    group: IntArray
    groups: tuple[str, ...]
    options: tuple[str, ...]
    least_benefit: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot be allocated."""
        shape = (len(self.size), len(self.options))
        if self.benefit.shape != shape or self.cost.shape != shape or self.group.shape != self.size.shape:
            raise ValueError(f"benefit and cost need shape {shape}")
        _require("Benefits", np.isfinite(self.benefit), "be finite numbers", self.benefit)
        _require("Costs", np.isfinite(self.cost) & (self.cost > 0), "be greater than 0", self.cost)
        _require("The number of people", np.isfinite(self.size) & (self.size > 0), "be greater than 0", self.size)

    @property
    def members(self) -> FloatArray:
        """People by group, shape (groups,)."""
        return self.total(self.size)

    def total(self, values: FloatArray) -> FloatArray:
        """Add up values of rows by group, shape (groups,)."""
        return np.asarray(np.bincount(self.group, values, len(self.groups)), dtype=float)

    def per_member(self, values: FloatArray) -> FloatArray:
        """Divide values of groups by their people, shape (groups,); NaN for a group of nobody."""
        members = self.members
        return np.asarray(np.divide(values, members, out=np.full(len(members), np.nan), where=members > 0))

    @cached_property
    def rows_of(self) -> tuple[IntArray, ...]:
        """Rows of each group."""
        return tuple(np.flatnonzero(self.group == position) for position in range(len(self.groups)))

    @cached_property
    def helpful(self) -> FloatArray:
        """Benefit by option, -infinity where it is not above the least, shape (options, rows)."""
        return np.ascontiguousarray(np.where(self.benefit > self.least_benefit, self.benefit, -np.inf).T)

    @property
    def one_price(self) -> bool:
        """Whether every option costs the same for everybody, so that the budget counts offers."""
        return bool(np.ptp(self.cost) == 0)

    def among(self, rows: IntArray) -> Self:
        """Return some of the rows, by their positions; groups keep theirs."""
        return replace(
            self, benefit=self.benefit[rows], cost=self.cost[rows], size=self.size[rows], group=self.group[rows]
        )

    def with_benefit(self, benefit: FloatArray) -> Self:
        """Return the same candidates with other benefits, shape (rows, options)."""
        return replace(self, benefit=benefit)


def _require(what: str, fine: BoolArray, wanted: str, found: FloatArray) -> None:
    if not fine.all():
        raise AllocationError(f"{what} should {wanted}, but {found[~fine][0]:g} was given. Correct it.")
