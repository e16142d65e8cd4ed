"""Inputs of prevention: how risk is spread, what treatment does, and what it costs."""

from collections.abc import Callable

import streamlit as st

from ite.allocation.prevention import PreventionSpec
from ite.allocation.typed_risks import Population, SpreadRisks, TwoRisks
from pages.ui.fields import choice, number, percent

FROM_TRIAL = "Predicted by this trial"
_TWO, _SPREAD = "Two groups", "Spread over people"
_THRESHOLDS = (0.1, 0.2, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90)

#: Typed risks, or None for those of the fitted trial; a typed one may raise `AllocationError`.
Typed = TwoRisks | SpreadRisks | None


def ask_risks() -> tuple[Callable[[], TwoRisks | SpreadRisks] | None, Callable[[], Population]]:
    """Draw the population and its risks; return what makes them, None in place of risks that the trial predicts."""
    words = "Beta distribution: most people near a low risk, few at a high one."
    source = choice("Risks", [_TWO, _SPREAD, FROM_TRIAL], "pv-risks", words)
    typed = _typed(source)
    threshold = st.select_slider(
        "High risk from",
        _THRESHOLDS,
        value=10,
        format_func=lambda risk: f":gray[{risk:g} %]",
        key="pv-threshold",
        persist_state="session",
        help="Who has at least this risk counts as high-risk.",
    )
    people = number("People", 1_000_000.0, "pv-people", "In the whole population.", step=100_000.0)
    return typed, lambda: Population(people=people, threshold=float(threshold) / 100.0)


def ask_programme() -> Callable[[], PreventionSpec]:
    """Draw what treatment does and costs; return what makes the specification."""
    words = "Share of the cases that treatment prevents among those treated, the same at every risk."
    reduction = percent("Relative risk reduction", (1, 100), 25, "pv-reduction", words)
    words = "Mixed strategy: a light measure, such as advice, for all below the threshold. 0 leaves it out."
    light = percent("Reduction by a light measure", (0, 100), 10, "pv-light", words)
    with st.expander("Costs, and the value of a case"):
        unit = number("Cost per person treated", 40.0, "pv-unit", "In any one money.", step=5.0)
        light_cost = number("Cost of the light measure", 5.0, "pv-light-cost", "Per person who has it.", step=1.0)
        screening = number("Screening per person", 10.0, "pv-screening", "For everybody, to find high risk.", step=1.0)
        value = number("Value of a case prevented", 5_000.0, "pv-value", "In the same money.", step=500.0)
        st.caption("Figures of an example: type your own, and note where they come from.")
    return lambda: PreventionSpec(
        relative_risk_reduction=reduction,
        light_risk_reduction=light or None,
        unit_cost=unit,
        light_cost=light_cost,
        screening_cost=screening,
        value_per_case=value,
    )


def _typed(source: str) -> Callable[[], TwoRisks | SpreadRisks] | None:
    if source == FROM_TRIAL:
        return None
    if source == _TWO:
        share = number("Share at high risk (%)", 5.0, "pv-share", "Of the people.", step=1.0)
        high = number("Their risk (%)", 20.0, "pv-high", "Of becoming a case without treatment.", step=1.0)
        low = number("Risk of the rest (%)", 3.0, "pv-low", "Of becoming a case without treatment.", step=0.5)
        return lambda: TwoRisks(high_share=share / 100, risk_high=high / 100, risk_low=low / 100)
    mean = number("Mean risk (%)", 4.0, "pv-mean", "Of becoming a case without treatment.", step=0.5)
    sd = number("Spread of the risk, SD (%)", 4.0, "pv-sd", "Standard deviation between people.", step=0.5)
    return lambda: SpreadRisks(mean=mean / 100, sd=sd / 100)
