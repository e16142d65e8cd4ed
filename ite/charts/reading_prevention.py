"""The sentences and the table that go with strategies of prevention."""

from math import isnan

import pandas as pd

from ite.allocation.prevention import HIGH_RISK, MIXED, POPULATION, Prevention, PreventionSpec
from ite.charts.number_words import UNKNOWN, amount, share_words
from ite.charts.scale import three_digits

#: What the strategies are called on screen.
STRATEGY_WORDS = {HIGH_RISK: "High risk only", POPULATION: "Everybody", MIXED: "Mixed"}
#: What can be followed along the threshold, with its column.
MEASURES = {"Cases prevented": "prevented", "Treated per case prevented (NNT)": "nnt", "Net benefit": "net_benefit"}
#: Less than this is written with a decimal.
_FEW = 10


def prevention_sentence(found: Prevention, threshold: float) -> str:
    """Say where the cases come from, what each strategy prevents, and how many it treats for one."""
    nnt = by_strategy(found.strategies, "nnt")
    told = ", ".join(
        f"{STRATEGY_WORDS[name].lower()} {prevented_words(prevented, nnt[name])}"
        for name, prevented in by_strategy(found.strategies, "prevented").items()
    )
    told = f"Cases prevented, and treated per case (NNT): {told}."
    if isnan(found.share_of_cases_below):
        return told
    below = f"{100 * found.share_of_cases_below:.0f} % of all cases"
    return f"{below} come from people with a risk below {share_words(threshold)}. {told}"


def money_sentence(found: Prevention, programme: PreventionSpec) -> str:
    """Say which strategy is worth most at the value of a case, and from which value on everybody should be treated."""
    worth = by_strategy(found.strategies, "net_benefit")
    best = max(worth, key=lambda name: worth[name])
    first = f"{STRATEGY_WORDS[best].lower()} has the largest net benefit, {amount(worth[best])}"
    if worth[best] < 0:
        first = "no strategy is worth what it costs"
    opening = f"At a value of {amount(programme.value_per_case)} per case, {first}."
    crossover = found.crossover_value
    if isnan(crossover):
        return f"{opening} High risk only and everybody prevent the same number of cases."
    if crossover <= 0:
        return f"{opening} Everybody is worth more than high risk only at any value, since it costs no more."
    limit = three_digits(crossover)
    return f"{opening} Everybody is worth more than high risk only where a case is worth above {limit}."


def curve_sentence(curve: pd.DataFrame, measure: str) -> str:
    """Say where the strategy for those at high risk stands against treating everybody along the threshold."""
    column = MEASURES[measure]
    known = curve[(curve["treated"] > 0) & curve[column].notna()]
    high, everybody = (
        known.loc[known["strategy"] == name, ["threshold", column]].to_numpy(float) for name in (HIGH_RISK, POPULATION)
    )
    if not len(high):
        return "Nobody becomes a case: there is nothing to prevent."
    if column == "net_benefit":
        threshold, best = high[high[:, 1].argmax()].tolist()
        return (
            f"High risk only is worth most at a threshold of {share_words(threshold)}: net benefit {amount(best)}, "
            f"against {amount(float(everybody[0, 1]))} for everybody."
        )
    start, end, of_all = (three_digits(float(value)) for value in (high[0, 1], high[-1, 1], everybody[0, 1]))
    return (
        f"{measure}, high risk only: {start} at the lowest threshold, {end} at the highest that still treats "
        f"somebody. Everybody: {of_all}."
    )


def strategies_table(found: Prevention) -> pd.DataFrame:
    """Return what each strategy does, prevents and costs, in words that are read."""
    frame = found.strategies
    return pd.DataFrame(
        {
            "Strategy": frame["strategy"].map(STRATEGY_WORDS),
            "Treated": [amount(value) for value in frame["treated"]],
            "Light": [amount(value) for value in frame["light"]],
            "Prevented": [count_words(value) for value in frame["prevented"]],
            "NNT": [count_words(value) for value in frame["nnt"]],
            "Cost": [amount(value) for value in frame["cost"]],
            "Net benefit": [amount(value) for value in frame["net_benefit"]],
        }
    )


def by_strategy(strategies: pd.DataFrame, column: str) -> dict[str, float]:
    """Return a column of a table of strategies, one threshold, by the strategy's name."""
    return dict(zip(strategies["strategy"].astype(str), strategies[column].to_numpy(float).tolist(), strict=True))


def prevented_words(prevented: float, nnt: float) -> str:
    """Write the cases prevented with the number needed to treat: "9,625 (NNT 104)"; none where nobody is spared."""
    needed = "" if isnan(nnt) else f" (NNT {count_words(nnt)})"
    return f"{count_words(prevented)}{needed}"


def count_words(count: float) -> str:
    """Write a number of cases or people: whole, but for few."""
    return UNKNOWN if isnan(count) else amount(count, decimals=1 if 0 < count < _FEW else 0)
