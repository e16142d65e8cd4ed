"""Options ranked by expected utility over what is not known, with what a wrong choice would cost."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.trial.monte_carlo import mean_error
from ite.value.utility_weights import CRITERIA, UtilityWeights

METHOD = (
    "Averages over joint draws of what the options bring, with their Monte-Carlo error; an average over draws, such as "
    "a posterior, not a statement about one patient."
)


@dataclass(frozen=True, kw_only=True, eq=False)
class OptionDraws:
    """Joint draws of what each option brings and takes; positive benefit is good, the other three are to be avoided.

    Attributes
    ----------
    options : tuple of str
    criteria : array, shape (draws, options, criteria)
        Benefit, harm, cost and burden, in the order of `CRITERIA`.
    """

    options: tuple[str, ...]
    criteria: FloatArray

    def __post_init__(self) -> None:
        """Refuse what cannot be ranked."""
        expected = (len(self.options), len(CRITERIA))
        if self.criteria.ndim != 3 or self.criteria.shape[1:] != expected:
            raise ValueError(f"criteria need shape (draws, {expected[0]}, {expected[1]}), not {self.criteria.shape}")
        if len(self.options) < 2 or len(set(self.options)) < len(self.options):
            raise ValuationError(
                f"A choice needs at least two options of different names, but {', '.join(self.options) or 'none'} was "
                "given. Add or rename one."
            )
        if len(self.criteria) < 2:
            raise ValuationError(f"At least 2 draws are needed for a Monte-Carlo error; {len(self.criteria)} given.")
        if not np.isfinite(self.criteria).all():
            raise ValuationError("Draws should be finite numbers, but some are missing or infinite. Correct them.")

    @classmethod
    def of(
        cls,
        options: tuple[str, ...],
        *,
        benefit: FloatArray,
        harm: FloatArray | float = 0.0,
        cost: FloatArray | float = 0.0,
        burden: FloatArray | float = 0.0,
    ) -> Self:
        """Put together draws of shape (draws, options), or (options,) or a number for what is known."""
        return cls(options=options, criteria=np.stack(np.broadcast_arrays(benefit, harm, cost, burden), axis=-1))

    def utility(self, weights: UtilityWeights) -> FloatArray:
        """Return the utility of each draw and option, shape (draws, options)."""
        return np.asarray(self.criteria @ weights.signed)


@dataclass(frozen=True, kw_only=True, eq=False)
class RankedOptions:
    """Options from best to worst.

    Attributes
    ----------
    ranking : DataFrame, indexed by option, best first
        expected_utility, behind (expected utility less than the best option's), regret (expected utility lost by
        choosing this option instead of the best in each draw), probability_best (of equals, shared), each followed by
        its Monte-Carlo error in a column ending in _error.
    draws : int
    method : str
    """

    weights: UtilityWeights
    ranking: pd.DataFrame
    draws: int
    method: str = METHOD

    @property
    def chosen(self) -> str:
        """The option of largest expected utility."""
        return str(self.ranking.index[0])


def rank_options(draws: OptionDraws, weights: UtilityWeights) -> RankedOptions:
    """Rank options by expected utility.

    Source: Berger 1985, Statistical Decision Theory and Bayesian Analysis, chapter 1; Parmigiani 2002, Modeling in
    Medical Decision Making.
    """
    utility = draws.utility(weights)
    best = utility.max(axis=1, keepdims=True)
    ahead = utility == best
    leader = utility[:, [utility.mean(axis=0).argmax()]]
    columns: dict[str, FloatArray] = {}
    for name, values in (
        ("expected_utility", utility),
        ("behind", leader - utility),
        ("regret", best - utility),
        ("probability_best", ahead / ahead.sum(axis=1, keepdims=True)),
    ):
        columns[name] = values.mean(axis=0)
        columns[f"{name}_error"] = mean_error(values)
    ranking = pd.DataFrame(columns, index=pd.Index(draws.options, name="option"))
    return RankedOptions(
        weights=weights,
        ranking=ranking.sort_values("expected_utility", ascending=False, kind="stable"),
        draws=len(utility),
    )
