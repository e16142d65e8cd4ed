"""The sentences that go with the cost-effectiveness of typed strategies: a table in, words out."""

import pandas as pd

from ite.charts.value_cost_money import currency_of, money, threshold_words
from ite.value.sourced import Sourced
from ite.value.strategies import Strategies

WORSE_RULE = (
    "A cheaper and worse strategy is worth it where what is saved per QALY given up is above the willingness to pay."
)


def strategies_sentence(found: pd.DataFrame, willingness_to_pay: Sourced) -> str:
    """Say which strategy is best at the willingness to pay, what its last step costs, and what is dominated."""
    best = found[found["best"]].iloc[0]
    opening = f"At {threshold_words(willingness_to_pay)}, {best['strategy']} is best"
    if pd.notna(best["icer"]):
        before = found["strategy"].iloc[int(found.index[found["best"]][0]) - 1]
        price = money(float(best["icer"]), currency_of(willingness_to_pay))
        opening += f"; against {before} each further QALY costs {price}"
    words = [f"{opening}.", *_next_step(found, willingness_to_pay)]
    for status, name in (("D", "Dominated"), ("ED", "Extendedly dominated")):
        those = found.loc[found["status"] == status, "strategy"].tolist()
        if those:
            words.append(f"{name}: {', '.join(those)}.")
    return " ".join(words)


def against_sentence(asked: Strategies, comparator: str, table: pd.DataFrame) -> str:
    """Say which strategies are worth it against the comparator, and the rule for the cheaper and worse."""
    worth = table.loc[table["Worth it"] == "yes", "Strategy"].tolist()
    named = ", ".join(worth) if worth else "none"
    words = f"Worth it against {comparator} at {threshold_words(asked.willingness_to_pay)}: {named}."
    return f"{words} {WORSE_RULE}" if (table["Place"] == "cheaper and worse").any() else words


def _next_step(found: pd.DataFrame, willingness_to_pay: Sourced) -> list[str]:
    frontier = found[found["status"] == "ND"]
    dearer = frontier[frontier["icer"] > willingness_to_pay.value]
    if dearer.empty:
        return []
    step = dearer.iloc[0]
    price = money(float(step["icer"]), currency_of(willingness_to_pay))
    return [f"The next step, {step['strategy']}, would cost {price} per further QALY."]


def steps_sentence(found: pd.DataFrame, willingness_to_pay: Sourced) -> str:
    """Say what each step along the frontier costs per QALY."""
    steps = found[found["icer"].notna()]
    if steps.empty:
        return "One strategy brings the most at the lowest cost: there is no step to pay for."
    currency = currency_of(willingness_to_pay)
    prices = ", ".join(
        f"{name} {money(float(ratio), currency)}" for name, ratio in zip(steps["strategy"], steps["icer"], strict=True)
    )
    return f"Per further QALY, against the step before: {prices}."
