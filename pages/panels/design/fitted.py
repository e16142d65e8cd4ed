"""The next trial from the fitted one: whom to enrol, how likely it is to succeed, and on how weak a basis."""

import streamlit as st

from ite.design.fitted.patients import source_outcome
from pages.panels.design.fitted_curve import curve, followed
from pages.panels.design.fitted_groups import groups
from pages.panels.design.fitted_inputs import ask
from pages.panels.design.fitted_result import assured, result
from pages.panels.design.fitted_rule import rule
from pages.ui import analysed, settled
from pages.ui.attempt import attempt


def draw() -> None:
    """Draw the inputs and, beside them, the next trial; without effects, the way to them."""
    shown = analysed.require()
    settled.say()
    left, right = st.columns([3, 8], gap="large")
    with left:
        asked = ask(shown)
    # Results of other effects are no stand-in where an input is impossible.
    place = f"fitted-{shown.trial.digest}-{shown.effects.spec.model_dump_json()}-{shown.arm}"
    with right:
        source = source_outcome(shown.trial, shown.effects, shown.arm)
        success = attempt(f"{place}-result", lambda: assured(shown, asked(), source))
        if success is not None:
            result(shown, success)
        path = attempt(f"{place}-curve", lambda: followed(shown, asked(), success, source))
        if path is not None:
            curve(shown, path, success)
        if success is not None:
            groups(shown, success)
            rule(shown, success)
