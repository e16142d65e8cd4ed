"""How a choice hangs on the weights: where two options are worth the same, and what each weight can turn."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.trial.monte_carlo import mean_error
from ite.value.decision_desk import OptionDraws, rank_options
from ite.value.utility_weights import CRITERIA, Criterion, UtilityWeights


@dataclass(frozen=True, kw_only=True, eq=False)
class WeightTornado:
    """What each weight can turn, the others kept.

    Attributes
    ----------
    chosen, rival : str
        Best and second-best option at the given weights.
    bars : DataFrame, one row per weight, the widest first
        weight, low, high (its values), margin_low, margin_high (expected utility of `chosen` over `rival` there),
        margin_low_error, margin_high_error (Monte-Carlo), best_low, best_high (best of all options there).
    """

    weights: UtilityWeights
    chosen: str
    rival: str
    bars: pd.DataFrame


def indifference_weight(differences: FloatArray, weights: UtilityWeights, criterion: Criterion) -> float | None:
    """Return the weight of one criterion at which two options are worth the same, the other weights kept.

    Parameters
    ----------
    differences : array, shape (criteria,)
        Mean of one option minus that of the other, in the order of `CRITERIA`.

    Returns
    -------
    float or None
        None where the options do not differ in the criterion. Below 0 it says that no weight a person can have makes
        them equal: one option is better at every weight.
    """
    position = CRITERIA.index(criterion)
    if differences[position] == 0:
        return None
    sign = 1.0 if criterion == "benefit" else -1.0
    others = np.delete(weights.signed * differences, position).sum()
    return float(-others / (sign * differences[position])) + 0.0


def indifference_table(draws: OptionDraws, weights: UtilityWeights) -> pd.DataFrame:
    """Return the weight of each criterion at which each pair of options is worth the same.

    Columns option, other, criterion, weight (NaN where the options do not differ in it), weight_error (Monte-Carlo, by
    the delta method) and reachable: whether the weight is one that can be given (above 0 for benefit, else at least 0).
    """
    rows = []
    for (one, name), (other, other_name) in combinations(enumerate(draws.options), 2):
        differences = draws.criteria[:, one] - draws.criteria[:, other]
        mean = differences.mean(axis=0)
        for position, criterion in enumerate(CRITERIA):
            weight = indifference_weight(mean, weights, criterion)
            error = _error(differences, mean, weights.signed, position, weight)
            reachable = weight is not None and (weight > 0 if criterion == "benefit" else weight >= 0)
            rows.append((name, other_name, criterion, weight, error, reachable))
    table = pd.DataFrame(rows, columns=["option", "other", "criterion", "weight", "weight_error", "reachable"])
    return table.astype({"weight": float, "weight_error": float})


def weight_tornado(
    draws: OptionDraws, weights: UtilityWeights, ranges: Mapping[Criterion, tuple[float, float]]
) -> WeightTornado:
    """Return the margin of the best option over the second as each weight goes from low to high.

    Parameters
    ----------
    draws, weights
        The options, and the weights from which one at a time departs.
    ranges
        Lowest and highest value of each weight that varies.

    Raises
    ------
    ValuationError
        If a range is empty or a weight out of bounds.
    """
    base = rank_options(draws, weights).ranking.index
    chosen, rival = (draws.options.index(name) for name in base[:2])
    rows = []
    for criterion, (low, high) in ranges.items():
        if low > high:
            raise ValuationError(
                f"{weights.label(criterion)} should go from its low to its high value, but {low:g} to {high:g} was "
                "given. Swap them."
            )
        ends = [_end(draws, weights, criterion, value, (chosen, rival)) for value in (low, high)]
        rows.append((criterion, low, high, *(x for pair in zip(*ends, strict=True) for x in pair)))
    names = ["weight", "low", "high"]
    names += [f"{what}_{end}" for what in ("margin", "error", "best") for end in ("low", "high")]
    bars = pd.DataFrame(rows, columns=names)
    bars = bars.rename(columns={f"error_{end}": f"margin_{end}_error" for end in ("low", "high")})
    order = (bars["margin_high"] - bars["margin_low"]).abs().sort_values(ascending=False, kind="stable").index
    return WeightTornado(
        weights=weights, chosen=str(base[0]), rival=str(base[1]), bars=bars.loc[order].reset_index(drop=True)
    )


def _end(
    draws: OptionDraws, weights: UtilityWeights, criterion: Criterion, value: float, pair: tuple[int, int]
) -> tuple[float, float, str]:
    """Return the margin between a pair, its Monte-Carlo error, and the best option, at one value of one weight."""
    utility = draws.utility(weights.model_validate({**weights.model_dump(), criterion: value}))
    margin = utility[:, pair[0]] - utility[:, pair[1]]
    error = float(mean_error(margin))
    return float(margin.mean()), error, draws.options[int(utility.mean(axis=0).argmax())]


def _error(
    differences: FloatArray, mean: FloatArray, signed: FloatArray, position: int, weight: float | None
) -> float | None:
    """Return the error of a ratio of means: that of the margin at indifference, over its slope in the weight."""
    if weight is None:
        return None
    at_indifference = signed.copy()
    at_indifference[position] = weight if CRITERIA[position] == "benefit" else -weight
    margin = differences @ at_indifference
    return float(mean_error(margin) / abs(mean[position]))
