"""Inputs of the value of knowing more: typed averages with their errors, and a new study."""

from collections.abc import Callable

import streamlit as st

from ite.charts.value_cost_money import currency_of
from ite.value.sourced import Sourced
from ite.value.study_benefit import NewStudy
from ite.value.typed_information import TypedUncertainty
from pages.panels.value.cost_fields import population, source_of, willingness_to_pay
from pages.ui.fields import number


def ask_typed() -> Callable[[], TypedUncertainty]:
    """Draw the inputs of typed figures; return what makes them, which raises `ValuationError`."""
    threshold = willingness_to_pay()
    first, second = st.columns(2)
    with first:
        effect = number("Extra QALYs", 0.1, "vi-effect", "Of one patient, on average.", step=0.01)
        cost = number("Extra cost", 3000.0, "vi-cost", "Of one patient, on average.", step=100.0)
    with second:
        known = "Standard error; 0 takes it as known."
        effect_se = number("Error of the QALYs", 0.075, "vi-effect-error", known, least=0.0, step=0.005)
        cost_se = number("Error of the cost", 1000.0, "vi-cost-error", known, least=0.0, step=100.0)
    words = "How far single patients of a new study differ in their extra QALYs: a standard deviation."
    spread = number("Spread of one patient's QALYs", 0.6, "vi-spread", words, step=0.05)
    source = source_of("these figures", "vi-source", "A publication, a model, or assumed by whom.")

    def make() -> TypedUncertainty:
        agreed = threshold()
        unit = f"{currency_of(agreed)} per patient"
        return TypedUncertainty(
            extra_effect=Sourced(value=effect, unit="QALYs per patient", source=source, se=effect_se or None),
            extra_cost=Sourced(value=cost, unit=unit, source=source, se=cost_se or None),
            patient_sd=Sourced(value=spread, unit="QALYs per patient", source=source),
            willingness_to_pay=agreed,
        )

    return make


def ask_study() -> Callable[[Sourced], NewStudy]:
    """Draw what a new study costs and whom it serves; return what makes it at a threshold, in its currency."""
    with st.expander("Cost of a new study, and its patients"):
        fixed = number(
            "Fixed cost", 500_000.0, "vi-fixed", "Of the study, whatever its size.", least=0.0, step=50_000.0
        )
        each = number("Cost per patient", 3000.0, "vi-each", "Of one patient in the study.", least=0.0, step=500.0)
        source = source_of("the costs", "vi-study-source", "A budget, or assumed by whom.")
        people = population()

    def make(threshold: Sourced) -> NewStudy:
        currency = currency_of(threshold)
        return NewStudy(
            fixed_cost=Sourced(value=fixed, unit=currency, source=source),
            cost_per_patient=Sourced(value=each, unit=f"{currency} per patient", source=source),
            population=people(),
        )

    return make
