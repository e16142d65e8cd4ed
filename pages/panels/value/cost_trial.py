"""From the fitted trial: whether its arms are worth their price, how surely, and for whom."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.panels.value.cost_curves import curves
from pages.panels.value.cost_fields import population
from pages.panels.value.cost_groups import groups
from pages.panels.value.cost_plane import on_plane
from pages.panels.value.cost_trial_found import valued
from pages.panels.value.cost_trial_inputs import arm_shown, ask
from pages.ui import analysed, settled
from pages.ui.attempt import attempt
from pages.ui.switch import switch

_VIEWS = ("Price and plane", "How sure", "By group")


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """Draw the inputs on the left, and on the right what was chosen to look at; without effects, the way to them."""
    with right:
        shown = analysed.require(picking=False)
    with left:
        settled.say()
        arm = arm_shown(shown)
        asked = ask(shown)
        with st.expander("Patients whom the decision touches"):
            people = population()
    with right:
        view = switch("View", _VIEWS, "vc-view")
        place = f"cost-{shown.trial.digest}-{shown.effects.spec.model_dump_json()}"
        found = attempt(place, lambda: (valued(shown, asked()), people()))
        if found is None:
            return
        if view == _VIEWS[0]:
            on_plane(shown, found[0], arm)
        elif view == _VIEWS[1]:
            curves(shown, *found)
        else:
            groups(shown, found[0], arm)
