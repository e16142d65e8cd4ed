"""Trial design: how many patients, when to look, whom to enrol; from typed assumptions, without any data."""

import streamlit as st

from pages.panels.design.question import QUESTIONS
from pages.ui import nav
from pages.ui.question import choose

nav.guard()

st.title("How should the next trial be designed?")
choose(QUESTIONS, "design-question").draw()
