"""Value: what a treatment is worth, in patients, in life, in money and in what is not known yet."""

import streamlit as st

from pages.panels.value.question import QUESTIONS
from pages.ui import causality, nav
from pages.ui.question import choose

nav.guard()

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="value-title"):
    st.title("What is it worth?", width="content")
    causality.button("value")
choose(QUESTIONS, "value-question").draw()
