"""Named ways to share a budget between groups."""

from typing import Literal, get_args

import numpy as np

from ite.allocation.allocation import Allocation
from ite.allocation.candidates import Candidates
from ite.allocation.group_paths import group_paths, largest_common_gain
from ite.allocation.guaranteed import guaranteed_spending, reachable_gain
from ite.allocation.linear_programme import LinearRule, solve_linear
from ite.trial.columns import FloatArray

Preset = Literal["efficiency", "half and half", "proportional", "equal gain", "maximin", "weighted"]
PRESETS: tuple[Preset, ...] = get_args(Preset)


def allocate_by(preset: Preset, candidates: Candidates, budget: float, weights: FloatArray | None = None) -> Allocation:
    """Return the best allocation under a named rule.

    "efficiency": most benefit, whoever gets it. "half and half": an equal part of the budget for each group.
    "proportional": a part of the budget in proportion to the group's people. "equal gain": the same gain per member
    everywhere. "maximin": the smallest gain per member as large as it can be, then the total. "weighted": most
    weighted benefit.

    Parameters
    ----------
    weights : array, shape (groups,)
        Of "weighted" alone: what a unit of benefit counts in each group.
    """
    paths = group_paths(candidates, weights if preset == "weighted" else None)
    members = candidates.members
    if preset == "equal gain":
        return solve_linear(candidates, budget, LinearRule(gain_gap=0.0))
    if preset == "maximin":
        return reachable_gain(paths, budget, largest_common_gain(paths, budget))
    shares = {
        "half and half": np.full(len(members), 1 / len(members)),
        "proportional": members / members.sum(),
    }
    return guaranteed_spending(paths, budget, budget * shares.get(preset, np.zeros(len(members))))
