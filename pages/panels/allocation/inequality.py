"""Inequality: who wins by a programme, whether groups become more equal, and what equality should be worth."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.panels.allocation.fitted_inputs import ask, position
from pages.panels.allocation.inequality_found import Compared, compare, from_trial
from pages.panels.allocation.inequality_inputs import ask_aversion, ask_groups
from pages.panels.allocation.inequality_result import impact, lorenz
from pages.panels.allocation.inequality_tables import gains, measures
from pages.ui import analysed, settled
from pages.ui.attempt import attempt
from pages.ui.fields import choice

_TYPED, _TRIAL = "Typed figures", "From this trial"


def draw() -> None:
    """Draw the inputs and, beside them, what a programme does to inequality; its tables have the whole width below."""
    left, right = st.columns(2, gap="small")
    with left:
        typed = choice("Groups from", [_TYPED, _TRIAL], "iq-source", "Typed in, or of the fitted trial.") == _TYPED
    with right:
        made = attempt(*_wanted(left, typed=typed))
        if made is not None:
            impact(made)
    if made is not None:
        gains(made)
        lorenz(made)
        measures(made)


def _wanted(left: DeltaGenerator, *, typed: bool) -> tuple[str, Callable[[], Compared]]:
    """Draw the inputs of the source that was chosen; return what to keep the result by, and what makes it."""
    if typed:
        with left:
            aversion = ask_aversion()
            groups = ask_groups()
        return "inequality", lambda: compare(groups(), aversion)
    shown = analysed.require(picking=False)
    with left:
        settled.say()
        aversion = ask_aversion()
        asked, at = ask(shown), position()
    place = f"inequality-{shown.trial.digest}-{shown.effects.spec.model_dump_json()}"
    return place, lambda: from_trial(shown, asked(at), aversion)
