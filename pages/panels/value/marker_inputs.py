"""Inputs of a companion diagnostic: the marker, its test, and what treating gains and costs with and without it."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ite.value.diagnostic_inputs import CompanionDiagnostic
from pages.ui.fields import number, percent
from pages.ui.sourced import Sources, currency, sourced, sources


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A companion diagnostic, the currency of its money, and where its numbers come from."""

    spec: CompanionDiagnostic
    currency: str
    sources: Sources


def ask() -> Callable[[], Asked]:
    """Draw the inputs; return what makes the settings, which raises `ValuationError`."""
    prevalence = percent("Patients with the marker", (0, 100), 20, "vm-prevalence", "Prevalence among those tested.")
    sensitivity = percent("Sensitivity", (0, 100), 90, "vm-sensitivity", "Of those with the marker, who test positive.")
    specificity = percent("Specificity", (0, 100), 95, "vm-specificity", "Of those without it, who test negative.")
    price = number("Price of the test", 300.0, "vm-price", "Per person tested.", step=50.0)
    threshold = number("Willingness to pay", 50_000.0, "vm-threshold", "Money for one QALY.", step=5_000.0)
    gain, cost = _by_marker()
    with st.expander("Waiting for the result"):
        waiting = number("Cost of waiting", 0.0, "vm-waiting", "Per person tested.", step=50.0)
        lost = percent("Lost while waiting", (0, 100), 0, "vm-lost", "Test positive, but are treated no more.")
    with st.expander("Currency and sources"):
        money = currency("vm")
        numbers = {
            "price of the test": (price, f"{money} per person"),
            "accuracy of the test": (sensitivity, "share"),
            "QALYs gained": (gain[0], "QALYs per person"),
            "cost of treating": (cost[0], f"{money} per person"),
            "willingness to pay": (threshold, f"{money} per QALY"),
        }
        texts = sources(numbers, "vm")

    def make() -> Asked:
        spec = CompanionDiagnostic(
            prevalence=prevalence,
            sensitivity=sensitivity,
            specificity=specificity,
            price=price,
            waiting_cost=waiting,
            lost_waiting=lost,
            qaly_positive=gain[0],
            qaly_negative=gain[1],
            cost_positive=cost[0],
            cost_negative=cost[1],
            willingness_to_pay=threshold,
        )
        return Asked(spec=spec, currency=money, sources=sourced(numbers, texts))

    return make


def _by_marker() -> tuple[tuple[float, float], tuple[float, float]]:
    """Draw what treating gains and costs with and without the marker, side by side."""
    words = "QALYs gained by treating against not treating, per person; negative is harm."
    money = "Extra cost of treating against not treating, per person."
    left, right = st.columns(2)
    with left:
        gain_with = number("QALYs with it", 0.8, "vm-qaly-with", words, step=0.05)
        cost_with = number("Cost with it", 20_000.0, "vm-cost-with", money, step=1_000.0)
    with right:
        gain_without = number("QALYs without", 0.05, "vm-qaly-without", words, step=0.05)
        cost_without = number("Cost without", 20_000.0, "vm-cost-without", money, step=1_000.0)
    return (gain_with, gain_without), (cost_with, cost_without)
