"""Data: which file, which column plays which part, and is the trial ready to be analysed."""

import streamlit as st

from pages.panels.data.baseline import baseline
from pages.panels.data.intake import intake
from pages.panels.data.outcome import outcome
from pages.panels.data.plan import plan
from pages.panels.data.responders import responders
from pages.panels.data.roles import is_waiting, roles
from pages.panels.data.upload import upload
from pages.ui import nav, state

nav.guard()

st.title("Is the trial ready to be analysed?")
trial = state.load().trial
if trial is None or is_waiting():
    upload()
    roles()
if trial is not None:
    intake(trial)
    plan(trial)
    if not is_waiting():
        upload()
        roles()
    outcome(trial)
    responders(trial)
    baseline(trial)
