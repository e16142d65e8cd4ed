"""Options of which response and harm were counted: beta posteriors, for which most answers are exact."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from pydantic import Field

from ite.errors import ValuationError
from ite.trial.beta_shares import probability_above
from ite.trial.columns import FloatArray
from ite.value.decision_desk import OptionDraws
from ite.value.fields import NotNegative, Positive, ValueSettings
from ite.value.utility_weights import UtilityWeights
from ite.value.weight_sensitivity import indifference_weight


class BetaOption(ValueSettings):
    """An option whose probabilities of response and harm have independent Beta(a, b) posteriors.

    Attributes
    ----------
    name
        As results print it.
    response, harm
        The two numbers a and b of each posterior: with a uniform prior, one more than the patients with and without.
    cost, burden
        Per person, taken as known.
    """

    called: ClassVar[str] = "An option"

    name: str = Field(min_length=1, max_length=60, title="Name of the option")
    response: tuple[Positive, Positive] = Field(title="Response, as two beta parameters")
    harm: tuple[Positive, Positive] = Field(title="Harm, as two beta parameters")
    cost: NotNegative = Field(default=0.0, title="Cost (per person)")
    burden: NotNegative = Field(default=0.0, title="Burden (per person)")

    @property
    def expected(self) -> FloatArray:
        """Expected response, harm, cost and burden."""
        return np.array([_mean(self.response), _mean(self.harm), self.cost, self.burden])


@dataclass(frozen=True, kw_only=True, eq=False)
class BetaChoice:
    """Two options compared exactly.

    Attributes
    ----------
    expected : DataFrame, indexed by option
        expected_utility, and sd: of the utility over the posterior.
    chosen : str or None
        Option of larger expected utility; None if they are equal.
    indifference_harm_weight : float or None
        Weight of harm at which they are equal; None where they harm alike.
    probability_responds_more : float
        That the second option's response probability is above the first's.
    """

    options: tuple[BetaOption, BetaOption]
    weights: UtilityWeights
    expected: pd.DataFrame
    chosen: str | None
    indifference_harm_weight: float | None
    probability_responds_more: float


def choose_between(first: BetaOption, second: BetaOption, weights: UtilityWeights) -> BetaChoice:
    """Compare two options by expected utility; all figures are exact.

    Source: Berger 1985, Statistical Decision Theory and Bayesian Analysis, chapter 1.
    """
    pair = (first, second)
    _require_names(pair)
    utility = np.array([option.expected @ weights.signed for option in pair])
    sd = [np.hypot(weights.benefit * _sd(option.response), weights.harm * _sd(option.harm)) for option in pair]
    names = pd.Index([option.name for option in pair], name="option")
    return BetaChoice(
        options=pair,
        weights=weights,
        expected=pd.DataFrame({"expected_utility": utility, "sd": sd}, index=names),
        chosen=None if utility[0] == utility[1] else pair[int(utility.argmax())].name,
        indifference_harm_weight=indifference_weight(second.expected - first.expected, weights, "harm"),
        probability_responds_more=probability_above(second.response, first.response),
    )


def draw_beta_options(options: tuple[BetaOption, ...], *, draws: int = 10_000, seed: int) -> OptionDraws:
    """Return joint draws of several options, for questions that have no closed form."""
    _require_names(options)
    rng = np.random.default_rng(seed)
    sampled = [(rng.beta(*option.response, draws), rng.beta(*option.harm, draws)) for option in options]
    return OptionDraws.of(
        tuple(option.name for option in options),
        benefit=np.column_stack([response for response, _ in sampled]),
        harm=np.column_stack([harm for _, harm in sampled]),
        cost=np.array([option.cost for option in options]),
        burden=np.array([option.burden for option in options]),
    )


def _require_names(options: tuple[BetaOption, ...]) -> None:
    names = [option.name for option in options]
    if len(set(names)) < len(names):
        raise ValuationError(f"Options need different names, but {', '.join(names)} were given. Rename one of them.")


def _mean(beta: tuple[float, float]) -> float:
    return beta[0] / (beta[0] + beta[1])


def _sd(beta: tuple[float, float]) -> float:
    mean = _mean(beta)
    return float(np.sqrt(mean * (1 - mean) / (beta[0] + beta[1] + 1)))
