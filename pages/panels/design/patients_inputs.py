"""What is assumed of the patients: their arrival, their hazards, the calendar, and how stage 2 is built."""

from typing import Any

import numpy as np
import streamlit as st

from ite.design.enrichment.patient_level import EarlyResponse, PatientLevel
from ite.design.fixed.piecewise import Piecewise
from pages.panels.design.enrichment_field import choice, number, optional, slider

_CONSTRUCTIONS = {
    "independent_increments": "Later events",
    "separate_cohorts": "Later patients",
}
_DECIDES = {"log-rank test": "Log-rank test", "early response": "Early response"}
_PLACES = ("in the subgroup", "outside it")
_PATIENTS, _PER_MONTH, _MEDIAN, _YEAR = 600.0, 30.0, 24.0, 12
_RESPONSE, _MONTHS = (0.01, 0.99, 0.01), (0.0, 60.0, 1.0)


def ask() -> PatientLevel:
    """Draw the inputs and return what they assume.

    Raises
    ------
    DesignError
        Where they do not fit each other; all are drawn by then.
    """
    arrival, hazards, stages = st.columns(3)
    with arrival:
        fields = _arrival()
    with hazards:
        fields |= _hazards()
    with stages:
        fields |= _stages()
    return PatientLevel.model_validate(fields)


def _arrival() -> dict[str, Any]:
    return {
        "patients": int(number("Patients planned", "p_patients", _PATIENTS, (10.0, 20_000.0, 50.0), "In all stages.")),
        "accrual": Piecewise.constant(
            number("Patients arriving per month", "p_arrive", _PER_MONTH, (0.1, 5_000.0, 5.0), "Of both groups.")
        ),
        "calendar_limit_months": optional(
            "Trial ends at the latest in month",
            "p_limit",
            None,
            (1.0, 1_200.0, 6.0),
            "Whatever the number of events by then. Empty: no limit.",
        ),
    }


def _hazards() -> dict[str, Any]:
    medians = [
        number(
            f"Median months under control, {place}",
            f"p_median_{position}",
            _MEDIAN,
            (0.5, 600.0, 1.0),
            "Different medians: the marker foretells the course of the disease whatever the treatment.",
        )
        for position, place in enumerate(_PLACES)
    ]
    lost = slider("Drop-out per year (%)", "p_dropout", 0.0, (0.0, 50.0, 1.0), "Patients lost to follow-up.")
    return {
        "control_hazards": tuple(Piecewise.constant(float(np.log(2)) / median) for median in dict.fromkeys(medians)),
        "dropout_per_month": float(-np.log1p(-lost / 100) / _YEAR),
        "benefit_delay_months": slider(
            "Benefit sets in after (months)", "p_delay", 0.0, (0.0, 24.0, 0.5), "Until then the hazard ratio is 1."
        ),
    }


def _stages() -> dict[str, Any]:
    construction = choice(
        "What counts for later stages",
        "p_construction",
        "independent_increments",
        _CONSTRUCTIONS,
        "Later events: what the log-rank test gains after a look, from all patients. Later patients, for two stages: "
        "those recruited after the look alone, so that no patient counts twice and anything seen at it may decide.",
    )
    fields: dict[str, Any] = {"construction": construction}
    if construction == "separate_cohorts":
        fields["stage1_follow_up_months"] = number(
            "Further follow-up of stage 1 (months)", "p_follow", 0.0, _MONTHS, "Fixed in advance, after the look."
        )
    if choice("What chooses the population", "p_decides", "log-rank test", _DECIDES) == "early response":
        fields |= {"early_response": _early_response(), "show_error": construction == "independent_increments"}
    return fields


def _early_response() -> EarlyResponse:
    rates = {
        arm: tuple(
            slider(f"Response {words}, {place}", f"p_{arm}_{position}", start, _RESPONSE)
            for position, (place, start) in enumerate(zip(_PLACES, starts, strict=True))
        )
        for arm, words, starts in (
            ("treatment", "under treatment", (0.5, 0.35)),
            ("control", "under control", (0.3, 0.3)),
        )
    }
    return EarlyResponse(
        **rates,
        after_months=number("Response is seen after (months)", "p_response_after", 2.0, _MONTHS),
        dependence=slider(
            "How far response foretells survival",
            "p_dependence",
            0.5,
            (0.0, 1.0, 0.05),
            "0: not at all. 1: in each arm and group exactly the longest survivors respond.",
        ),
    )
