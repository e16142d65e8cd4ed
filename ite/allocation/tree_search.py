"""The best tree of depth 0, 1 or 2 by exhaustive search, from sums over the patients who answer yes.

Legend: B is the matrix of answers (patients x conditions, 0 or 1), s the worth of an option to each patient. The worth
of those who answer yes to conditions a and b is (B' diag(s) B)[a, b]: one matrix product holds all leaves of all trees.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np

from ite.trial.columns import BoolArray, FloatArray

#: A deeper tree must be better by this share of the scores' absolute sum, else the simpler one stands.
_ROUNDING = 1e-10


@dataclass(frozen=True, kw_only=True, eq=False)
class Sums:
    """Sums over all patients, over those who answer yes, and over those who answer yes twice.

    Attributes
    ----------
    total : array, shape (values,)
    yes : array, shape (values, conditions)
    both : array, shape (values, conditions, conditions)
    """

    total: FloatArray
    yes: FloatArray
    both: FloatArray

    @classmethod
    def of(cls, answers: FloatArray, values: FloatArray) -> Self:
        """Return the sums of values, shape (patients, values), by answers, shape (patients, conditions)."""
        columns = values.T
        return cls(
            total=columns.sum(axis=1),
            yes=columns @ answers,
            both=np.array([answers.T @ (answers * column[:, None]) for column in columns]),
        )

    def less(self, price: float, cost: Self) -> Self:
        """Return the sums of values - price * cost."""
        return type(self)(
            total=self.total - price * cost.total,
            yes=self.yes - price * cost.yes,
            both=self.both - price * cost.both,
        )


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Positions of the conditions of a tree: at the root, and below its yes and no; None where nothing is asked."""

    root: int | None = None
    after_yes: int | None = None
    after_no: int | None = None


def best_shape(worth: Sums, people: Sums, least: float, depth: int) -> Shape:
    """Return the tree of most worth with at least so many people in each leaf, each leaf given its best option or none.

    Of equally good trees the shallower one is returned, then the one whose conditions come first.

    Source: Athey & Wager 2021, Econometrica 89:133-161 (policy learning); Zhou, Athey & Wager 2023, Operations Research
    71:148-183 (exhaustive search).
    """
    slack = _ROUNDING * float(np.abs(worth.both).sum(axis=0).max(initial=0.0) + np.abs(worth.total).sum())
    best, value = Shape(), float(_best(worth.total))
    for search in (_one_question, _two_questions)[:depth] if worth.yes.shape[1] else ():
        shape, found = search(worth, people, least, slack)
        if found > value + slack:
            best, value = shape, found
    return best


def _one_question(worth: Sums, people: Sums, least: float, slack: float) -> tuple[Shape, float]:  # noqa: ARG001 - as below
    value = _best(worth.yes) + _best(worth.total[:, None] - worth.yes)
    value = np.where(_large(people.yes[0], people.total[0] - people.yes[0], least), value, -np.inf)
    root = int(value.argmax())
    return Shape(root=root), float(value[root])


def _two_questions(worth: Sums, people: Sums, least: float, slack: float) -> tuple[Shape, float]:
    no = Sums(
        total=worth.total,
        yes=worth.total[:, None] - worth.yes,
        both=worth.yes[:, None, :] - worth.both,
    )
    count, no_count = people.yes[0], people.total[0] - people.yes[0]
    after_yes = _split(worth, count, people.both[0], least)
    after_no = _split(no, no_count, people.yes[0][None, :] - people.both[0], least)
    unsplit = np.array([_best(side.yes) for side in (worth, no)])
    split = np.array([side.max(axis=1) for side in (after_yes, after_no)])
    asked = split > unsplit + slack
    value = np.where(_large(count, no_count, least), np.where(asked, split, unsplit).sum(axis=0), -np.inf)
    root = int(value.argmax())
    below = [
        int(side[root].argmax()) if ask else None
        for side, ask in zip((after_yes, after_no), asked[:, root], strict=True)
    ]
    return Shape(root=root, after_yes=below[0], after_no=below[1]), float(value[root])


def _split(side: Sums, count: FloatArray, inside: FloatArray, least: float) -> FloatArray:
    """Return the worth of one side of each root (rows) that is split by each condition (columns)."""
    value = _best(side.both) + _best(side.yes[:, :, None] - side.both)
    return np.where(_large(inside, count[:, None] - inside, least), value, -np.inf)


def _best(worth: FloatArray) -> FloatArray:
    """Return the worth of the best option, or of none."""
    return np.asarray(np.maximum(worth.max(axis=0), 0.0))


def _large(one: FloatArray, other: FloatArray, least: float) -> BoolArray:
    return np.asarray(np.minimum(one, other) >= least - 1e-9)
