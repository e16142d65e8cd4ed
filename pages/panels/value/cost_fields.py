"""Inputs that questions about money share: willingness to pay, currency, and where a number comes from."""

from collections.abc import Callable

import streamlit as st

from ite.charts.value_cost_money import PER_QALY
from ite.errors import ValuationError
from ite.value.population import AffectedPopulation
from ite.value.sourced import Sourced
from pages.ui.fields import number
from pages.ui.words_field import words_field

_STEP, _MOST, _START = 1_000, 200_000, 50_000
#: A source until a better one is typed.
ASSUMED = "assumed"
LONGEST_SOURCE = 200


def source_of(what: str, key: str, explained: str, first: str = ASSUMED) -> str:
    """Draw the field that says where some numbers come from, such as the threshold."""
    return words_field(f"Source of {what}", first, key, longest=LONGEST_SOURCE, explained=explained)


def willingness_to_pay() -> Callable[[], Sourced]:
    """Draw the slider of the willingness to pay, its currency and source; return what makes it.

    It is the same on every question. What is made may raise `ValuationError`.
    """
    typed = st.slider(
        "Willingness to pay for one QALY",
        0,
        _MOST,
        _START,
        _STEP,
        format=":gray[%d]",  # in the dark theme Streamlit's own colour of the number is too faint to read
        key="vc-threshold",
        persist_state="session",
        help="The most that is paid for one more quality-adjusted life year: the threshold of the decision.",
    )
    with st.expander("Currency, and source of the threshold"):
        words = "Of all amounts of money here."
        currency = words_field("Currency", "USD", "vc-currency", longest=200, explained=words)
        source = source_of("the threshold", "vc-threshold-source", "A guideline, or assumed by whom.")

    def make() -> Sourced:
        if not currency.strip():
            raise ValuationError("Amounts of money need a currency, but none is given. Type one, such as EUR.")
        return Sourced(value=typed, unit=f"{currency.strip()}{PER_QALY}", source=source)

    return make


def population() -> Callable[[], AffectedPopulation]:
    """Draw whom the decision touches, the same on every question; return what makes it."""
    words = "New patients each year whose treatment the decision settles."
    yearly = number("Patients per year", 1000.0, "vc-patients", words, least=0.0, step=100.0)
    words = "How long the decision stays of interest. Later years are not discounted."
    years = number("Years until the decision is taken anew", 5.0, "vc-years", words, least=1.0, step=1.0)
    source = source_of("the patients", "vc-patients-source", "A register, or assumed by whom.")

    def make() -> AffectedPopulation:
        patients = Sourced(value=yearly, unit="patients per year", source=source)
        return AffectedPopulation(patients_per_year=patients, years=round(years))

    return make
