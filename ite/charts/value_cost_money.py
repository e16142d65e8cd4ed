"""Money and QALYs in words, and what a place on the cost-effectiveness plane says."""

import math

import pandas as pd

from ite.charts.number_words import UNKNOWN, amount
from ite.charts.scale import three_digits
from ite.value.dominance import Status
from ite.value.increments import Quadrant
from ite.value.sourced import Sourced

#: Ends the unit of a willingness to pay.
PER_QALY = " per QALY"
#: Amounts of money from here on are whole.
_WHOLE = 100.0

STATUS_WORDS: dict[Status, str] = {"ND": "on the frontier", "ED": "extendedly dominated", "D": "dominated"}
QUADRANT_WORDS: dict[Quadrant, str] = {
    "NE": "dearer and better",
    "SE dominant": "dominates: better, no dearer",
    "SW": "cheaper and worse",
    "NW dominated": "dominated: dearer, no better",
    "no difference": "no difference",
}


def currency_of(willingness_to_pay: Sourced) -> str:
    """Return the money of a threshold: "USD" of "USD per QALY"."""
    return willingness_to_pay.unit.removesuffix(PER_QALY)


def money(value: float, currency: str, error: float | None = None) -> str:
    """Write an amount of money with its currency and Monte-Carlo error: "12,300 ± 20 USD"; three digits below 100."""
    return f"{bare_money(value, error)} {currency}"


def bare_money(value: float, error: float | None = None) -> str:
    """Write an amount of money without its currency, for a table that names it once."""
    if math.isnan(value):
        return UNKNOWN
    if abs(value) >= _WHOLE or (error is not None and error >= 1):
        return amount(value, error)
    if error is None or not error > 0:
        return three_digits(value) if value else "0"
    return amount(value, error, decimals=2)


def qalys(value: float, error: float | None = None) -> str:
    """Write QALYs with the decimals of a day, and more where they are few."""
    decimals = 3 if abs(value) >= 0.01 or value == 0 else 5
    return amount(value, error, decimals=decimals)


def threshold_words(willingness_to_pay: Sourced) -> str:
    """Write the willingness to pay with its unit: "50,000 USD per QALY"."""
    return f"{willingness_to_pay.value:,.0f} {willingness_to_pay.unit}"


def price_words(quadrant: Quadrant, ratio: float, currency: str) -> str:
    """Write the cost per QALY where its sign gives it a meaning, else the place on the plane in words."""
    if quadrant == "NE":
        return f"{money(ratio, currency)} per QALY gained"
    if quadrant == "SW":
        return f"{money(ratio, currency)} saved per QALY given up"
    return QUADRANT_WORDS[quadrant]


def prices(found: pd.DataFrame, currency: str) -> list[str]:
    """Write the price of each row of `incremental_table`, as `price_words` does."""
    return [price_words(place, ratio, currency) for place, ratio in zip(found["quadrant"], found["icer"], strict=True)]
