"""The frame beside every page: which data, which settings, how far each step is, link and unload."""

import streamlit as st

from ite.estimation.spec import EffectSpec
from ite.study import STEPS, Step, StepStatus, Study
from ite.trial.data import TrialData
from pages.ui import fit, inputs, state
from pages.ui.link import copy_link
from pages.ui.opening import restore, unload
from pages.ui.route import go
from pages.ui.text import plain

DIGITS_SHOWN = 8
_MARKS: dict[StepStatus, str] = {
    "to do": ":material/radio_button_unchecked:",
    "preview": ":material/hourglass_top:",
    "done": ":material/check_circle:",
    "stale": ":material/sync_problem:",
}
_WORDS: dict[StepStatus, str] = {
    "to do": "to do",
    "preview": "fast preview",
    "done": "done",
    "stale": "needs another run",
}


def sidebar() -> None:
    """Draw the sidebar and start the fit that a link asks for."""
    restore()
    with st.sidebar:
        study = state.load()
        if study.trial is None:
            st.markdown("**No trial yet**")
            st.caption("Open a sample or drop a file: both begin on the Start page.")
            return
        _name(study.trial, study)
        _settings(study.trial)
        fit.watch()
        st.markdown("  \n".join(mark(state.load(), step, step.capitalize()) for step in STEPS))
        copy_link()
        _unload(study)


def mark(study: Study, step: Step, name: str = "") -> str:
    """Say how far a step is: an icon, its name if given, and the word."""
    status = study.status(step)
    return f"{_MARKS[status]} {name}{': ' if name else ''}{_WORDS[status]}"


def _name(trial: TrialData, study: Study) -> None:
    st.markdown(f"**{plain(trial.name)}**")
    arms = len(trial.arms)
    st.caption(f"{trial.n:,} patients, {arms} arms · data {trial.digest[:DIGITS_SHOWN]}")
    for entry in study.log:
        st.caption(plain(entry))


def _settings(trial: TrialData) -> None:
    with st.expander("Settings", icon=":material/tune:"):
        spec = inputs.effect_spec(trial)
        fit.ask(spec)
        fitted = state.load().spec
        if st.button("Fit with these", key="refit", width="stretch", disabled=fitted in (None, spec)):
            fit.start(trial, spec)
            st.rerun()
    _fit_from_link(trial, spec)


def _fit_from_link(trial: TrialData, spec: EffectSpec) -> None:
    study = state.load()
    if study.sample is not None and study.spec is None:
        fit.start(trial, spec)


def _unload(study: Study) -> None:
    if study.sample is None:
        st.caption("Your file stays in this browser session only: reloading or closing the tab ends it.")
    if st.button("Unload the data", key="unload", icon=":material/delete:", width="stretch"):
        unload()
        go("pages/start.py")
