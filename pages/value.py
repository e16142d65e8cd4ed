"""Value: what a treatment is worth, in patients, in life, in money and in what is not known yet."""

import streamlit as st

from pages.panels.value.question import QUESTIONS
from pages.ui import nav
from pages.ui.question import choose

nav.guard()

st.title("What is it worth?")
choose(QUESTIONS, "value-question").draw()
