"""The sentences that go with the value of knowing more: figures in, words out."""

import pandas as pd

from ite.charts.reading_value_cost_trial import NOTHING_TO_LEARN
from ite.charts.value_cost_money import currency_of, money, threshold_words
from ite.value.sourced import Sourced
from ite.value.study_benefit import NewStudy


def perfect_information_sentence(
    value: tuple[float, float], willingness_to_pay: Sourced, study: NewStudy, best: str
) -> str:
    """Say what knowing everything is worth, per patient and for all; `value` with its Monte-Carlo error."""
    if value[0] == 0:
        return f"At {threshold_words(willingness_to_pay)}, {best} is the choice. {NOTHING_TO_LEARN}"
    currency, people = currency_of(willingness_to_pay), study.population
    everybody = people.value(*value)
    return (
        f"At {threshold_words(willingness_to_pay)}, {best} is the choice; knowing everything is worth "
        f"{money(value[0], currency, value[1])} per patient, {money(everybody.value, currency, everybody.se)} for "
        f"{people.patients:,.0f} patients. No research can be worth more."
    )


def inputs_sentence(found: pd.DataFrame, willingness_to_pay: Sourced) -> str:
    """Say which input is most worth knowing, and which alone would change nothing."""
    first = found.iloc[0]
    if first["value"] == 0:
        return "Knowing any one input for certain would not change the choice in any draw."
    currency = currency_of(willingness_to_pay)
    worth = money(float(first["value"]), currency, float(first["se"]))
    words = f"Most worth knowing: {first['input']}, {worth} per patient."
    nothing = found.loc[found["value"] == 0, "input"].tolist()
    return f"{words} Would change no choice: {', '.join(nothing)}." if nothing else words


def study_sentence(found: pd.DataFrame, willingness_to_pay: Sourced, studied: str) -> str:
    """Say which size of study is worth most after its cost, or that none is worth it."""
    if not (found["value"] > 0).any():
        return f"No study of the {studied} would change the choice, whatever its size."
    best = found.iloc[int(found["net_benefit"].to_numpy().argmax())]
    currency = currency_of(willingness_to_pay)
    if best["net_benefit"] <= 0:
        return (
            f"No study of the {studied} with {found['patients'].min():,.0f} to {found['patients'].max():,.0f} patients "
            "is worth its cost."
        )
    left = money(float(best["net_benefit"]), currency, float(best["net_benefit_se"]))
    return (
        f"A study of the {studied} is worth most with {best['patients']:,.0f} patients: it brings "
        f"{money(float(best['population_value']), currency)}, costs {money(float(best['study_cost']), currency)} and "
        f"leaves {left}."
    )
