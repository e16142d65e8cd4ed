"""The sentences that go with the cost-effectiveness of a fitted trial: draws in, words out."""

from itertools import pairwise

import pandas as pd

from ite.charts.reading_value_chance import chance_words
from ite.charts.scale import cell
from ite.charts.value_cost_money import bare_money, currency_of, money, price_words, qalys, threshold_words
from ite.value.chance_heterogeneity import ChanceHeterogeneity
from ite.value.coverage import coverage
from ite.value.plane import Plane
from ite.value.population import AffectedPopulation
from ite.value.sourced import Sourced
from ite.value.subgroup_choice import HeterogeneityValue

NOTHING_TO_LEARN = "The choice is the same in every draw: knowing more would change nothing."


def plane_sentence(found: Plane, willingness_to_pay: Sourced, arms: tuple[str, str]) -> str:
    """Say how probably a strategy, the second of `arms`, is worth its price against the first, and that price."""
    currency, mean = currency_of(willingness_to_pay), found.mean
    price = price_words(mean["quadrant"], mean["icer"], currency)
    return (
        f"At {threshold_words(willingness_to_pay)}, {arms[1]} is worth its price against {arms[0]} with probability "
        f"{chance_words(found.probability, found.probability_se)}. On average {price}: "
        f"{money(mean['delta_cost'], currency)} of extra cost, {qalys(mean['delta_effect'])} extra QALYs, net monetary "
        f"benefit {money(mean['net_monetary_benefit'], currency, mean['net_monetary_benefit_se'])} per patient."
    )


def probability_sentence(curves: pd.DataFrame, at: pd.DataFrame, willingness_to_pay: Sourced) -> str:
    """Say what is best at the threshold, how probably, and where the choice changes.

    Parameters
    ----------
    curves, at
        Of `decision_curves`: over thresholds, and at the willingness to pay.
    """
    best = at[at["best"]].iloc[0]
    words = (
        f"At {threshold_words(willingness_to_pay)}, {best['strategy']} has the highest average net benefit; it is best "
        f"in {chance_words(best['probability'], best['probability_se'])} of the draws."
    )
    choice = curves[curves["best"]]
    steps = zip(pairwise(choice["willingness_to_pay"].tolist()), pairwise(choice["strategy"].tolist()), strict=True)
    turns = [f"to {new} between {low:,.0f} and {high:,.0f}" for (low, high), (old, new) in steps if old != new]
    if not turns:
        return f"{words} It is the choice at every threshold drawn."
    return f"{words} The choice changes {', '.join(turns)}."


def loss_sentence(at: pd.DataFrame, willingness_to_pay: Sourced, population: AffectedPopulation) -> str:
    """Say what choosing now may lose: the value of perfect information, per patient and for all."""
    best = at[at["best"]].iloc[0]
    value, se = float(best["expected_loss"]), float(best["expected_loss_se"])
    if value == 0:
        return f"At {threshold_words(willingness_to_pay)}, {best['strategy']} is the choice. {NOTHING_TO_LEARN}"
    currency, everybody = currency_of(willingness_to_pay), population.value(value, se)
    return (
        f"Choosing {best['strategy']} at {threshold_words(willingness_to_pay)} loses {money(value, currency, se)} per "
        "patient on average against knowing the truth: the value of perfect information. For "
        f"{population.patients:,.0f} patients it is {money(everybody.value, currency, everybody.se)}."
    )


def groups_sentence(found: pd.DataFrame, willingness_to_pay: Sourced, arm: str) -> str:
    """Say which groups are covered, and whether a bad buy for all is a good buy for some."""
    groups = found.iloc[1:]
    decided = coverage(groups["share"].to_numpy(float), groups["net_monetary_benefit"].to_numpy(float))
    named = ", ".join(groups.loc[decided.covered, "group"])
    opening = f"At {threshold_words(willingness_to_pay)}, "
    if decided.bad_buy_turned_good:
        return (
            f"{opening}{arm} is a bad buy for everybody and a good buy for {named}, "
            f"{100 * decided.covered_share:.0f} % of the patients: a bad buy turned good buy, if "
            "the groups truly differ."
        )
    if decided.good_buy_too_wide:
        left_out = ", ".join(groups.loc[~decided.covered, "group"])
        return f"{opening}{arm} is worth its price for everybody on average, but not for {left_out}."
    verdict = "worth its price in every group" if decided.overall > 0 else "not worth its price in any group"
    return f"{opening}{arm} is {verdict}: deciding by group changes nothing today."


def heterogeneity_sentence(found: HeterogeneityValue, chance: ChanceHeterogeneity, willingness_to_pay: Sourced) -> str:
    """Say what deciding by subgroup is worth, and whether noise alone would show as much."""
    currency = currency_of(willingness_to_pay)
    static = cell(found.figures, "static", "estimate")
    if static <= 0:
        return "As known today, deciding by subgroup is worth nothing: the same strategy is best in every group."
    beyond = "more than" if static > chance.upper else "no more than"
    return (
        f"As known today, deciding by subgroup is worth {money(static, currency)} per patient. Noise alone would show "
        f"{bare_money(chance.mean)} on average and more than {money(chance.upper, currency)} in 5 % of trials: this is "
        f"{beyond} noise can show."
    )
