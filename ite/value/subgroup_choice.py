"""Draws of subgroups: cost-effectiveness in each, and what deciding by subgroup is worth now and after learning."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.trial.columns import FloatArray
from ite.trial.monte_carlo import mean_error, share_error
from ite.value.draws import EVERYBODY, Draws
from ite.value.increments import incremental_table


def subgroup_table(draws: Draws, strategy: str, comparator: str, willingness_to_pay: float) -> pd.DataFrame:
    """Return a strategy against its comparator in everybody and in each subgroup.

    Returns
    -------
    DataFrame, one row for everybody, then one per group
        group, share, the columns of `incremental_table` at the mean increments (adopt: the coverage decision), and
        with Monte-Carlo errors delta_cost_se, delta_effect_se, net_monetary_benefit_se, probability (that the net
        benefit is above 0), probability_se, net_monetary_benefit_lower and net_monetary_benefit_upper (its 2.5 % and
        97.5 % quantiles).
    """
    new, old = draws.position(strategy), draws.position(comparator)
    cost, effect = (
        np.column_stack([increments @ draws.weights, increments])
        for increments in (draws.cost[:, new] - draws.cost[:, old], draws.effect[:, new] - draws.effect[:, old])
    )
    benefit = willingness_to_pay * effect - cost
    probability, count = (benefit > 0).mean(axis=0), draws.count
    lower, upper = np.quantile(benefit, [0.025, 0.975], axis=0)
    found = incremental_table(cost.mean(axis=0), effect.mean(axis=0), willingness_to_pay)
    found.insert(0, "group", [EVERYBODY, *draws.groups])
    found.insert(1, "share", [1.0, *draws.weights])
    return found.assign(
        delta_cost_se=mean_error(cost),
        delta_effect_se=mean_error(effect),
        net_monetary_benefit_se=mean_error(benefit),
        probability=probability,
        probability_se=share_error(probability, count),
        net_monetary_benefit_lower=lower,
        net_monetary_benefit_upper=upper,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class HeterogeneityValue:
    """Value of deciding by subgroup, per person in money, each with its Monte-Carlo standard error.

    Attributes
    ----------
    figures : DataFrame, index by figure, columns estimate, se
        "static": gain from deciding by subgroup with what is known now. "information_without" and "information_with":
        EVPI with one decision for all, and with a decision by subgroup. "resolved": static + information_with.
        "dynamic": resolved - information_without; it may lie below "static", which is no error: decisions by
        subgroup can leave less to learn.
    best : str
        Best strategy for all.
    best_by_group : dict of group to its best strategy
    """

    figures: pd.DataFrame
    best: str
    best_by_group: dict[str, str]


def heterogeneity_value(draws: Draws, willingness_to_pay: float) -> HeterogeneityValue:
    """Return the static and the dynamic value of heterogeneity over all strategies of the draws.

    All figures are of the same joint draws, so that errors of groups that move together are counted as such. The best
    strategy of a group is read from the means of the draws: where these are noisy estimates of groups that do not
    differ, the static value is above 0 by chance alone (`chance_heterogeneity` says how far).

    Source: Espinoza, Manca, Claxton & Sculpher 2014, Medical Decision Making 34:951-964.
    """
    benefit = draws.net_benefit(willingness_to_pay)
    overall = benefit @ draws.weights
    best, best_in = int(overall.mean(axis=0).argmax()), benefit.mean(axis=0).argmax(axis=0)
    chosen_for_all = overall[:, best]
    chosen_by_group = benefit[:, best_in, np.arange(len(draws.groups))] @ draws.weights
    known_for_all = _highest(overall)
    known_by_group = _highest(benefit) @ draws.weights
    figures = {
        "static": chosen_by_group - chosen_for_all,
        "information_without": known_for_all - chosen_for_all,
        "information_with": known_by_group - chosen_by_group,
        "resolved": known_by_group - chosen_for_all,
        "dynamic": known_by_group - known_for_all,
    }
    values = np.column_stack(list(figures.values()))
    return HeterogeneityValue(
        figures=pd.DataFrame({"estimate": values.mean(axis=0), "se": mean_error(values)}, index=list(figures)),
        best=draws.strategies[best],
        best_by_group={group: draws.strategies[at] for group, at in zip(draws.groups, best_in, strict=True)},
    )


def _highest(benefit: FloatArray) -> FloatArray:
    """Return the highest net benefit of each draw, over the strategies on the second axis."""
    highest = benefit[:, 0].copy()
    for position in range(1, benefit.shape[1]):
        np.maximum(highest, benefit[:, position], out=highest)
    return highest
