"""Candidates drawn for tests, and hypothesis strategies for small ones with ties."""

import numpy as np
from hypothesis import strategies as st

from ite.allocation.candidates import Candidates
from ite.trial.columns import FloatArray


def drawn(rows: int, options: int = 3, groups: int = 3, seed: int = 0, *, one_price: bool = False) -> Candidates:
    """Normal benefits, a third of them harm; costs 1, 2, ... by option, or 1 for all."""
    rng = np.random.default_rng(seed)
    cost = np.ones(options) if one_price else np.arange(1.0, options + 1)
    return Candidates(
        benefit=rng.normal(0.15, 0.3, (rows, options)),
        cost=np.tile(cost, (rows, 1)),
        size=rng.uniform(0.5, 2.0, rows),
        group=rng.integers(0, groups, rows),
        groups=tuple(f"group {position}" for position in range(groups)),
        options=tuple(f"option {position}" for position in range(options)),
    )


def three_times() -> Candidates:
    """Group A gains three times as much as group B: the example of which everything is known."""
    return typed_groups(benefit=[0.3, 0.1], size=[500, 500])


def typed_groups(benefit: list[float], size: list[float], cost: list[float] | None = None) -> Candidates:
    """One row per group."""
    count = len(benefit)
    return Candidates(
        benefit=np.array(benefit, dtype=float)[:, None],
        cost=np.ones((count, 1)) if cost is None else np.array(cost, dtype=float)[:, None],
        size=np.array(size, dtype=float),
        group=np.arange(count),
        groups=tuple("ABCDEFGH"[:count]),
        options=("treatment",),
    )


def _table(values: list[float], options: int) -> FloatArray:
    return np.array(values, dtype=float).reshape(-1, options)


@st.composite
def small_candidates(draw: st.DrawFn) -> Candidates:
    """Up to twelve rows and three options; benefits and costs on a coarse grid, so that ties are common."""
    rows, options, groups = (draw(st.integers(1, most)) for most in (12, 3, 3))
    benefits = st.integers(-3, 6).map(lambda value: value / 4)
    cells = rows * options
    return Candidates(
        benefit=_table(draw(st.lists(benefits, min_size=cells, max_size=cells)), options),
        cost=_table(draw(st.lists(st.sampled_from([0.5, 1.0, 2.0, 3.0]), min_size=cells, max_size=cells)), options),
        size=np.array(draw(st.lists(st.sampled_from([1.0, 1.0, 2.5]), min_size=rows, max_size=rows))),
        group=np.array(draw(st.lists(st.integers(0, groups - 1), min_size=rows, max_size=rows))),
        groups=tuple("ABC"[:groups]),
        options=tuple("xyz"[:options]),
    )
