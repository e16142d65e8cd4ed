"""Allocation: who should get a treatment that is not enough for all, and what fairness costs."""

import streamlit as st

from pages.panels.allocation.question import QUESTIONS
from pages.ui import nav
from pages.ui.question import choose

nav.guard()

st.title("Who should get it?")
choose(QUESTIONS, "allocation-question").draw()
