"""Named ways to share a budget between typed groups, side by side."""

import numpy as np
import pandas as pd

from ite.allocation.allocation import Allocation
from ite.allocation.presets import PRESETS, allocate_by
from ite.allocation.typed import TypedGroups


def ways_to_share(groups: TypedGroups, weights: tuple[float, ...]) -> pd.DataFrame:
    """Return one row per way: way, people offered treatment in each group, total gain, lost (against most benefit).

    Parameters
    ----------
    groups
        Who competes for the budget.
    weights
        What a unit of benefit counts in each group, for the way "weighted".
    """
    candidates = groups.candidates()
    found = {str(way): allocate_by(way, candidates, groups.budget, np.array(weights)) for way in PRESETS}
    best = found["efficiency"].gain
    return pd.DataFrame([_row(way, allocation, best) for way, allocation in found.items()])


def _row(way: str, allocation: Allocation, best: float) -> dict[str, str | float]:
    offered = dict(zip(allocation.candidates.groups, allocation.groups["offered"].tolist(), strict=True))
    return {"way": way, **offered, "total gain": allocation.gain, "lost": best - allocation.gain}
