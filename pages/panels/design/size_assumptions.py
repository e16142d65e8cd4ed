"""Inputs of a trial with one analysis: outcome and effect, power, level, allocation, calendar."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ite.design.fixed.design import Endpoint
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.rates import Rates
from ite.design.fixed.trial_size import OneAnalysis
from pages.panels.design.size_fields import number, percent, slider

_OUTCOME = "Means: a measurement. Rates: patients with a response, say. Event times: time to relapse or death."


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """An outcome as typed.

    Attributes
    ----------
    endpoint : function allocation ratio -> Endpoint
        Raises `DesignError` where the numbers are impossible.
    dropout_words : str
        What drop-out means for this outcome.
    control_median_months : float or None
        Median time to the event under control; None but for event times.
    """

    endpoint: Callable[[float], Endpoint]
    dropout_words: str = "Share of the patients who will have no outcome; that many more are enrolled."
    control_median_months: float | None = None


def assumptions() -> Callable[[], OneAnalysis]:
    """Draw the inputs; return what makes the specification, which raises `DesignError` where they do not fit."""
    kinds = {"Means": _means, "Rates": _rates, "Event times": _event_times}
    kind = st.selectbox("Outcome", list(kinds), key="outcome", bind="query-params", help=_OUTCOME)
    outcome = kinds[str(kind)]()
    power = slider("Power", (50, 99), 90, "power", "Probability to show the effect if it is as large as assumed.")
    with st.expander("Level, arms, calendar"):
        level = percent(
            "One-sided level (%)", 2.5, "level", "Probability to find a benefit that is not there.", step=0.5
        )
        ratio = number("Treated per control patient", 1.0, "allocation", "1: equal arms. 2: two to one.", step=0.5)
        dropout = percent("Drop-out (%)", 0.0, "dropout", outcome.dropout_words, step=1.0)
        accrual = number("Accrual (months)", 24.0, "accrual", "From the first patient's entry to the last.", step=1.0)
        follow_up = number(
            "Follow-up (months)", 12.0, "follow-up", "From the last patient's entry to the analysis.", step=1.0
        )
    return lambda: OneAnalysis(
        endpoint=outcome.endpoint(ratio),
        alpha=level,
        power=power,
        accrual_months=accrual,
        follow_up_months=follow_up,
        dropout=dropout,
        control_median_months=outcome.control_median_months,
    )


def _means() -> Outcome:
    difference = number(
        "Difference of means",
        0.4,
        "difference",
        "Treatment minus control, in the units of the outcome; counted so that a positive one is the benefit.",
        step=0.05,
    )
    sd = number("Standard deviation", 1.0, "sd", "Between the patients of one arm, in the same units.", step=0.1)
    return Outcome(
        endpoint=lambda ratio: Means(mean_difference=difference, sd=sd, allocation_ratio=ratio, test="t"),
    )


def _rates() -> Outcome:
    control = percent("Rate under control (%)", 30.0, "rate-control", "Patients with the outcome.", step=1.0)
    treated = percent(
        "Rate under treatment (%)",
        45.0,
        "rate-treated",
        "Patients with the outcome. A lower rate than under control is taken as the benefit too.",
        step=1.0,
    )
    return Outcome(
        endpoint=lambda ratio: Rates(
            rate_treatment=treated,
            rate_control=control,
            allocation_ratio=ratio,
            benefit="higher_rate" if treated >= control else "lower_rate",
        )
    )


def _event_times() -> Outcome:
    hazard_ratio = number(
        "Hazard ratio", 0.7, "hazard-ratio", "Rate of events under treatment over that under control.", step=0.05
    )
    median = number(
        "Median under control (months)",
        12.0,
        "median",
        "Half of the control patients have the event by then.",
        step=1.0,
    )
    return Outcome(
        endpoint=lambda ratio: LogRank(hazard_ratio=hazard_ratio, allocation_ratio=ratio),
        dropout_words="Share of the patients lost within twelve months of their entry.",
        control_median_months=median,
    )
