"""Effects: does the effect differ between patients, who is predicted to benefit, and how sure are we."""

import streamlit as st

from pages.panels.effects.question import QUESTIONS
from pages.ui import analysed, nav, settled
from pages.ui.question import choose

nav.guard()

st.title("Who benefits, and how sure are we?")
analysed.require()
question = choose(QUESTIONS, "effects-question")
settled.say()
question.draw()
