"""Joint draws of what strategies cost and bring: the raw material of every statement about their uncertainty."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.fields import require_whole
from ite.value.increments import require_threshold

EVERYBODY = "everybody"


@dataclass(frozen=True, kw_only=True, eq=False)
class Draws:
    """A probabilistic sensitivity analysis: one joint draw of all costs and effects in each row.

    Attributes
    ----------
    cost, effect : array, shape (draws, strategies, groups)
        Per person of the group, in money and in QALYs or another unit. Two dimensions stand for one group.
    strategies, groups : tuple of str
    share : array, shape (groups,)
        Of the patients, adding up to 1; needed where there is more than one group.
    """

    cost: FloatArray
    effect: FloatArray
    strategies: tuple[str, ...]
    groups: tuple[str, ...] = (EVERYBODY,)
    share: FloatArray | None = None

    def __post_init__(self) -> None:
        """Give two dimensions their third, and refuse what is no joint set of draws."""
        for name in ("cost", "effect"):
            given = np.asarray(getattr(self, name), dtype=float)
            object.__setattr__(self, name, given[:, :, None] if given.ndim == 2 else given)
        if self.cost.ndim != 3 or self.cost.shape != self.effect.shape:
            raise ValueError(f"cost and effect need one shape, not {self.cost.shape} and {self.effect.shape}")
        if self.cost.shape[1:] != (len(self.strategies), len(self.groups)):
            raise ValueError("each strategy and group needs its own costs and effects")
        if len(self.weights) != len(self.groups):
            raise ValueError("each group needs a share of the patients")
        if self.count < 2 or len(self.strategies) < 2:
            raise ValuationError(
                f"Uncertainty needs at least 2 draws of 2 strategies, but {self.count} of {len(self.strategies)} were "
                "given. Draw more."
            )
        if not (np.isfinite(self.cost).all() and np.isfinite(self.effect).all()):
            raise ValuationError("Draws should be finite numbers, but some are missing or infinite. Correct them.")
        if (self.weights < 0).any():
            raise ValuationError("A share of patients is at least 0, but one below was given. Correct it.")
        require_whole(tuple(self.weights), "the groups")

    @property
    def count(self) -> int:
        """Number of draws."""
        return len(self.cost)

    @property
    def weights(self) -> FloatArray:
        """Share of each group, shape (groups,)."""
        return np.ones(1) if self.share is None else np.asarray(self.share, dtype=float)

    @cached_property
    def everybody(self) -> Self:
        """The draws of the whole population: its groups averaged by their shares."""
        return replace(
            self, cost=self.cost @ self.weights, effect=self.effect @ self.weights, groups=(EVERYBODY,), share=None
        )

    def of_group(self, group: str) -> Self:
        """Return the draws of one group."""
        at = self.groups.index(group)
        return replace(self, cost=self.cost[:, :, at], effect=self.effect[:, :, at], groups=(group,), share=None)

    def position(self, strategy: str) -> int:
        """Return the position of a strategy; a ValuationError names those there are."""
        if strategy not in self.strategies:
            raise ValuationError(
                f"A strategy is one of {', '.join(self.strategies)}, but '{strategy}' was given. Choose one of them."
            )
        return self.strategies.index(strategy)

    def net_benefit(self, willingness_to_pay: float) -> FloatArray:
        """Return the net monetary benefit of each draw, shape (draws, strategies, groups)."""
        require_threshold(willingness_to_pay)
        return willingness_to_pay * self.effect - self.cost
