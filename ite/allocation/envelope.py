"""The steps worth taking for each candidate: corners of the upper envelope of benefit over cost."""

from dataclasses import dataclass

import numpy as np

from ite.allocation.candidates import Candidates
from ite.trial.columns import FloatArray, IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Steps:
    """Moves of a row from one option to the next better one, by falling benefit per unit of cost.

    An option that is never worth its cost at any budget, or is predicted to harm, has no step.

    Attributes
    ----------
    row, option : array of int, shape (steps,)
        Who moves, and to which option.
    left : array of int, shape (steps,)
        The option that is left, -1 for none.
    cost, gain : array, shape (steps,)
        What the step adds for all people of the row; both above 0.
    rate : array, shape (steps,)
        gain / cost, never rising.
    """

    row: IntArray
    option: IntArray
    left: IntArray
    cost: FloatArray
    gain: FloatArray
    rate: FloatArray


def steps_of(candidates: Candidates) -> Steps:
    """Return the steps of all rows, in time O(rows x options^2 + steps log steps).

    From no offer, and then from each corner reached, a row goes to the option of the steepest gain: the upper concave
    envelope of its options and the origin. These are the only choices of the linear programme at any budget.

    Source: Sinha & Zoltners 1979, Operations Research 27:503-515; Sverdrup et al. 2025, J Causal Inference.
    """
    rows = np.arange(len(candidates.size))
    cost_now, gain_now, at = np.zeros(len(rows)), np.zeros(len(rows)), np.full(len(rows), -1)
    taken = []
    for _ in candidates.options:
        further = candidates.cost[rows] - cost_now[:, None]
        better = candidates.helpful.T[rows] - gain_now[:, None]
        rate = np.divide(better, further, out=np.full(better.shape, -np.inf), where=(further > 0) & (better > 0))
        # Of options on one line the farthest is a corner; stopping at those between would change nothing.
        best = _last_largest(rate, further)
        moving = np.isfinite(rate[np.arange(len(rows)), best])
        rows, best, left = rows[moving], best[moving], at[moving]
        step = np.arange(len(best)), best
        size = candidates.size[rows]
        taken.append((rows, best, left, further[moving][step] * size, better[moving][step] * size, rate[moving][step]))
        cost_now, gain_now, at = candidates.cost[rows, best], candidates.benefit[rows, best], best
    row, option, left, cost, gain, slope = (np.concatenate(part) for part in zip(*taken, strict=True))
    order = np.argsort(-slope, kind="stable")
    return Steps(
        row=row[order], option=option[order], left=left[order], cost=cost[order], gain=gain[order], rate=slope[order]
    )


def _last_largest(rate: FloatArray, further: FloatArray) -> IntArray:
    """Return the column of the largest rate; of equal ones, that of the largest further cost."""
    largest = rate.max(axis=1, keepdims=True)
    return np.asarray(np.where(rate == largest, further, -np.inf).argmax(axis=1))
