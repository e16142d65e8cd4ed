"""Draws of costs and effects whose right answers are known."""

import numpy as np

from ite.trial.columns import FloatArray
from ite.value.draws import Draws


def drawn(count: int = 4000, strategies: int = 3, groups: int = 2, seed: int = 0) -> Draws:
    """Normal effects and gamma costs, dearer strategies better on average; shares 1 : 2 : 3 ..."""
    rng = np.random.default_rng(seed)
    step = np.arange(strategies)[:, None]
    share = np.arange(1.0, groups + 1)
    return Draws(
        cost=rng.gamma(4.0, 500.0, (count, strategies, groups)) + 2000 * step,
        effect=rng.normal(0.1 * step, 0.2, (count, strategies, groups)),
        strategies=tuple("ABCDEFGH"[:strategies]),
        groups=tuple(f"group {position}" for position in range(groups)),
        share=share / share.sum(),
    )


def adopt_or_not(benefit: FloatArray) -> FloatArray:
    """Net benefit of nothing and of something, shape (draws, 2)."""
    return np.column_stack([np.zeros(len(benefit)), benefit])
