"""Fields that several of the other designs need: level and power, patients a month and prices, lists of numbers."""

from collections.abc import Callable

import streamlit as st

from ite.design.alternatives.resources import Resources
from pages.panels.design.size_fields import number, percent, slider
from pages.panels.design.size_fields import numbers as parsed
from pages.ui.inputs import LARGEST_SEED


def level(prefix: str, *, sides: str = "One", default: float = 2.5) -> float:
    """Draw the level of the test; `prefix` names the design in the link."""
    explained = "Probability to find a benefit that is not there."
    return percent(f"{sides}-sided level (%)", default, f"{prefix}-level", explained, step=0.5)


def power(prefix: str, default: int = 90) -> float:
    """Draw the power that the trial shall have."""
    return slider("Power", (50, 99), default, f"{prefix}-power", "Probability to show the effect as it is assumed.")


def whole(label: str, limits: tuple[int, int], default: int, key: str, explained: str) -> int:
    """Draw a field for a whole number between two limits."""
    typed = st.number_input(label, *limits, value=default, step=1, key=key, bind="query-params", help=explained)
    return int(typed)


def seed(prefix: str) -> int:
    """Draw the seed of a simulation."""
    return whole("Seed", (0, LARGEST_SEED), 0, f"{prefix}-seed", "The same seed gives the same figures.")


def resources(prefix: str, price_of_test: float = 500.0) -> Callable[[], Resources]:
    """Draw the rate at which patients come and two prices; all of them stay unknown where they are not known."""
    explained = "Rate of patients and prices. Off: months and cost stay unknown."
    if not st.toggle("Prices known", value=True, key=f"{prefix}-known", bind="query-params", help=explained):
        return Resources
    rate = number(
        "Patients a month",
        50.0,
        f"{prefix}-per-month",
        "Who can be screened, or enrolled where nobody is.",
        least=0.0,
        step=5.0,
    )
    screen = number(
        "Price of a marker test", price_of_test, f"{prefix}-test", "For each patient tested.", least=0.0, step=100.0
    )
    patient = number(
        "Price of a patient", 20_000.0, f"{prefix}-patient", "To treat and follow one.", least=0.0, step=1_000.0
    )
    return lambda: Resources(candidates_per_month=rate, cost_per_screen=screen, cost_per_patient=patient)


def numbers(label: str, default: str, key: str, explained: str) -> Callable[[], tuple[float, ...]]:
    """Draw a list of numbers; what reads it raises `DesignError` where one of them is none."""
    typed = str(st.text_input(label, default, key=key, bind="query-params", help=explained, max_chars=200))
    return lambda: parsed(typed) if typed.strip() else ()
