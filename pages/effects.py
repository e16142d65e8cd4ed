"""Effects: does the effect differ between patients, who is predicted to benefit, and how sure are we."""

import streamlit as st

from pages.panels.effects.average import average
from pages.panels.effects.calibration import calibration
from pages.panels.effects.comparators import comparators
from pages.panels.effects.modifiers import modifiers
from pages.panels.effects.spread import spread
from pages.panels.effects.targeting import targeting
from pages.panels.effects.verdict import verdict
from pages.ui import analysed, nav

nav.guard()

st.title("Who benefits, and how sure are we?")
shown = analysed.require()
verdict(shown)
average(shown)
comparators(shown)
spread(shown)
modifiers(shown)
targeting(shown)
calibration(shown)
