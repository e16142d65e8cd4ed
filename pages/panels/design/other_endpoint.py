"""Inputs of an outcome whose effect differs between patients with and without a marker."""

from collections.abc import Callable

import streamlit as st

from ite.design.alternatives.endpoints import Endpoint, MarkerMeans, MarkerRates, MarkerSurvival
from pages.panels.design.size_fields import number, percent


def marker_endpoint() -> Callable[[], Endpoint]:
    """Draw the inputs; return what makes the outcome, which raises `DesignError` where they do not fit."""
    kinds = {"Means": _means, "Rates": _rates, "Event times": _event_times}
    return kinds[str(st.selectbox("Outcome", list(kinds), key="ee-outcome", bind="query-params"))]()


def _means() -> Callable[[], Endpoint]:
    carriers = number(
        "Effect with the marker", 0.4, "ee-effect", "Difference of means; positive is benefit.", step=0.05
    )
    others = number("Effect without the marker", 0.1, "ee-effect-out", "In the same units.", step=0.05)
    sd = number("Standard deviation", 1.0, "ee-sd", "Of the outcome, within an arm.", step=0.1)
    return lambda: MarkerMeans(effect_subgroup=carriers, effect_complement=others, sd=sd)


def _rates() -> Callable[[], Endpoint]:
    control = percent("Rate under control (%)", 30.0, "ee-control", "Of a good outcome, with and without.", step=1.0)
    carriers = percent("Treated, with the marker (%)", 50.0, "ee-rate", "Rate of the good outcome.", step=1.0)
    others = percent("Treated, without the marker (%)", 35.0, "ee-rate-out", "Rate of the good outcome.", step=1.0)
    return lambda: MarkerRates(rate_control=control, rate_treatment_subgroup=carriers, rate_treatment_complement=others)


def _event_times() -> Callable[[], Endpoint]:
    carriers = number("Hazard ratio with the marker", 0.6, "ee-hazard", "Below 1 is benefit.", step=0.05)
    others = number("Hazard ratio without the marker", 0.9, "ee-hazard-out", "Below 1 is benefit.", step=0.05)
    events = percent("Patients with an event (%)", 50.0, "ee-events", "During the trial, both arms.", step=1.0)
    return lambda: MarkerSurvival(
        hazard_ratio_subgroup=carriers, hazard_ratio_complement=others, event_probability=events
    )
