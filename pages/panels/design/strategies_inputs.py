"""What strategies are compared by: equal size or equal cost, and what patients take in months and money."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from ite.design.comparison.needs import Resources
from ite.design.comparison.side_by_side import Equal

_EQUAL: dict[Equal, str] = {"size": "Equal size", "cost": "Equal cost"}


def equal_in() -> Equal:
    """Draw what the strategies have in common."""
    found: Equal = st.selectbox(
        "Strategies have",
        list(_EQUAL),
        format_func=lambda key: _EQUAL[key],
        key="strategies_equal",
        bind="query-params",
        help="Equal size: all plan as many patients. Equal cost: all expect the cost of enrolling everybody, so that "
        "one that screens more enrols fewer.",
    )
    return found


def resources(equal: Equal) -> Callable[[], Resources]:
    """Draw rates and prices, all of which may stay empty unless costs are equal; return what makes the resources."""
    with st.expander("Months and money", expanded=equal == "cost"):
        return partial(
            Resources,
            candidates_per_month=_number(
                "Candidates per month", "candidates", "Patients who can be screened or enrolled."
            ),
            cost_per_patient=_number("Cost per patient", "patient_cost", "Treating and following one patient."),
            cost_per_screen=_number("Cost per marker test", "screen_cost", "Testing one candidate for the marker."),
            events_per_patient=_share(
                _number(
                    "Patients with an event (%)",
                    "events_per_patient",
                    "For event times: share of the patients whose event is seen.",
                    100.0,
                )
            ),
            follow_up_months=_number(
                "Follow-up in months", "follow_up", "From the last patient to the last look.", 600.0
            )
            or 0.0,
        )


def _share(percentage: float | None) -> float | None:
    return None if percentage is None else percentage / 100


def _number(label: str, name: str, hint: str, most: float = 1e9) -> float | None:
    typed = st.number_input(
        label,
        min_value=0.0,
        max_value=most,
        value=None,
        format="%g",
        placeholder="not known",
        help=hint,
        key=f"strategies_{name}",
        bind="query-params",
    )
    return None if typed is None else float(typed)
