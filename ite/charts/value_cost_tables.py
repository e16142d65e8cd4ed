"""Tables of cost-effectiveness as they are read: a result in; words, money and intervals out."""

import pandas as pd

from ite.charts.number_words import percent_words
from ite.charts.value_cost_money import QUADRANT_WORDS, STATUS_WORDS, bare_money, currency_of, prices, qalys
from ite.value.chance_heterogeneity import ChanceHeterogeneity
from ite.value.increments import incremental_table
from ite.value.sourced import Sourced
from ite.value.strategies import Strategies
from ite.value.subgroup_choice import HeterogeneityValue

#: What the figures of a `HeterogeneityValue` are called.
_FIGURES = {
    "static": "Deciding by subgroup, as of today (static value)",
    "dynamic": "Deciding by subgroup, all known (dynamic value)",
    "information_without": "Knowing everything, one decision for all",
    "information_with": "Knowing everything, a decision by subgroup",
}


def strategies_table(found: pd.DataFrame, willingness_to_pay: Sourced) -> pd.DataFrame:
    """Return the incremental analysis of `cost_effectiveness_table` in words, the frontier first."""
    money_unit = currency_of(willingness_to_pay)
    return pd.DataFrame(
        {
            "Strategy": found["strategy"],
            f"Cost ({money_unit})": found["cost"].map(bare_money),
            "QALYs": found["effect"].map(qalys),
            f"Extra cost ({money_unit})": found["incremental_cost"].map(bare_money),
            "Extra QALYs": found["incremental_effect"].map(qalys),
            f"{money_unit} per extra QALY": found["icer"].map(bare_money),
            "Status": found["status"].map(STATUS_WORDS),
            f"Net monetary benefit ({money_unit})": found["net_monetary_benefit"].map(bare_money),
        }
    )


def against_table(asked: Strategies, comparator: str) -> pd.DataFrame:
    """Return every other strategy against one comparator: its place on the plane, its price, and whether to adopt it.

    Raises
    ------
    ValuationError
        For a comparator that is none of the strategies.
    """
    at = asked.among(comparator)
    others = [position for position in range(len(asked.names)) if position != at]
    found = incremental_table(
        [asked.cost[position] - asked.cost[at] for position in others],
        [asked.effect[position] - asked.effect[at] for position in others],
        asked.willingness_to_pay.value,
    )
    money_unit = currency_of(asked.willingness_to_pay)
    return pd.DataFrame(
        {
            "Strategy": [asked.names[position] for position in others],
            f"Extra cost ({money_unit})": found["delta_cost"].map(bare_money),
            "Extra QALYs": found["delta_effect"].map(qalys),
            "Place": found["quadrant"].map(QUADRANT_WORDS),
            "Price": prices(found, money_unit),
            f"Net monetary benefit ({money_unit})": found["net_monetary_benefit"].map(bare_money),
            "Worth it": found["adopt"].map({True: "yes", False: "no"}),
        }
    )


def groups_table(found: pd.DataFrame, willingness_to_pay: Sourced) -> pd.DataFrame:
    """Return the rows of `subgroup_table` in words: price, net benefit with its interval, and the decision."""
    money_unit = currency_of(willingness_to_pay)
    limits = found[["net_monetary_benefit_lower", "net_monetary_benefit_upper"]].to_numpy(float)
    return pd.DataFrame(
        {
            "Group": found["group"],
            "Patients": (100 * found["share"]).map("{:.0f} %".format),
            f"Extra cost ({money_unit})": found["delta_cost"].map(bare_money),
            "Extra QALYs": found["delta_effect"].map(qalys),
            "Price": prices(found, money_unit),
            f"Net benefit ({money_unit})": found["net_monetary_benefit"].map(bare_money),
            "95 % interval": [f"{bare_money(lower)} to {bare_money(upper)}" for lower, upper in limits],
            "Probability of net benefit": [
                percent_words(share, error)
                for share, error in zip(found["probability"], found["probability_se"], strict=True)
            ],
            "Decision": found["adopt"].map({True: "covered", False: "not covered"}),
        }
    )


def heterogeneity_table(
    found: HeterogeneityValue, chance: ChanceHeterogeneity, willingness_to_pay: Sourced
) -> pd.DataFrame:
    """Return what deciding by subgroup is worth per patient, with what noise alone would show."""
    unit = f"{currency_of(willingness_to_pay)} per patient"
    rows = [
        (words, bare_money(*found.figures.loc[name, ["estimate", "se"]].to_numpy(float)))
        for name, words in _FIGURES.items()
    ]
    rows[1:1] = [
        ("Static value that noise alone would show, on average", bare_money(chance.mean, chance.mean_se)),
        ("Static value that noise alone exceeds in 5 % of trials", bare_money(chance.upper)),
    ]
    return pd.DataFrame(rows, columns=["What", unit])
