"""Subgroups: along which biomarker does the effect run, and how do the patients set apart fare."""

import streamlit as st

from pages.panels.subgroups.along import along
from pages.panels.subgroups.choice import choose
from pages.panels.subgroups.compare import compare
from pages.panels.subgroups.define import define
from pages.panels.subgroups.forest import forest
from pages.panels.subgroups.kept import kept
from pages.ui import analysed, nav

nav.guard()

st.title("Which patients, by which biomarker?")
shown = analysed.require()
choice = choose(shown)
along(shown, choice)
forest(shown, choice)
chosen = define(shown, choice)
if chosen is not None:
    compare(shown, chosen)
kept(shown)
