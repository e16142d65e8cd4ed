"""From the fitted trial: who is offered treatment under a budget, what that delivers, and what equity costs."""

import streamlit as st

from pages.panels.allocation.fitted_baselines import baselines
from pages.panels.allocation.fitted_budget import budget
from pages.panels.allocation.fitted_found import found_for
from pages.panels.allocation.fitted_inputs import ask, position
from pages.panels.allocation.fitted_result import gaps, groups, result
from pages.panels.allocation.fitted_rule import rule
from pages.panels.allocation.fitted_saved import save
from pages.panels.allocation.fitted_selection import selection
from pages.ui import analysed, settled
from pages.ui.attempt import attempt


def draw() -> None:
    """Draw the inputs and, beside them, the frontier; without effects, the way to them."""
    shown = analysed.require(picking=False)
    left, right = st.columns([3, 8], gap="large")
    with left:
        settled.say()
        asked = ask(shown)
        place = f"allocation-{shown.trial.digest}-{shown.effects.spec.model_dump_json()}"
        at = position()
    with right:
        found = attempt(place, lambda: found_for(shown, asked(at)))
        if found is None:
            return
        result(shown, found.frontier)
        with left:
            save(found.frontier.spec)
        groups(shown, found.frontier)
        gaps(shown, found.frontier)
        selection(shown, found)
        budget(shown, found)
        baselines(shown, found.frontier)
        rule(shown, found)
