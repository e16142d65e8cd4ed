"""The bound at one look that spends a given probability."""

from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from ite.design.sequential.crossing import Continuing
from ite.errors import DesignError

#: A probability below this is nothing to spend: its bound is infinite.
NOTHING = 1e-30


def bound_that_spends(trials: Continuing, fraction: float, spend: float, side: Literal["above", "below"]) -> float:
    """Return the z at a look at `fraction` beyond which lies the probability `spend` of the trials still under way.

    Parameters
    ----------
    trials
        The trials still under way, followed under one drift.
    spend
        Probability to be spent at this look; nothing to spend gives an infinite bound.
    side
        "above" for an efficacy bound, "below" for a futility bound.

    Raises
    ------
    DesignError
        If fewer trials are under way than the look should stop.
    """
    if spend < NOTHING:
        return np.inf if side == "above" else -np.inf
    remaining = float(trials.remaining()[0])
    if spend >= remaining:
        raise DesignError(
            f"A look should stop {100.0 * spend:.4g} % of all trials, but earlier bounds leave only "
            f"{100.0 * remaining:.4g} % under way. "
            "Choose futility bounds that stop less."
        )
    sign = 1.0 if side == "above" else -1.0
    beyond = trials.above if side == "above" else trials.below

    def excess(distance: float) -> float:
        return float(beyond(centre + sign * distance, fraction)[0]) - spend

    centre = float(trials.middle * np.sqrt(fraction))
    # All trials together exceed the bound at least as often as those under way, and at most by those stopped before.
    farthest = -float(ndtri(spend)) + 0.001
    stopped_before = max(1.0 - remaining, 0.0)
    nearest = -float(ndtri(min(spend + stopped_before, 1.0 - 1e-12))) - 0.001
    return centre + sign * float(brentq(excess, nearest, farthest, xtol=1e-11, rtol=1e-13))
