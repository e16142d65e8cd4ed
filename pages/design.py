"""Trial design: how many patients, when to look, whom to enrol; from typed assumptions, without any data."""

import streamlit as st

from pages.panels.design.question import choose
from pages.ui import nav

nav.guard()

st.title("How should the next trial be designed?")
choose().draw()
