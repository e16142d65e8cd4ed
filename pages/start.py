"""Start: what the tool answers, and the three ways in."""

import streamlit as st

from pages.panels.start.project import project
from pages.panels.start.samples import samples
from pages.panels.start.steps import steps
from pages.panels.start.upload import upload
from pages.ui import nav

nav.guard()

st.title("Who benefits from the treatment, and how sure are we?")
st.write(
    "Give it a randomised trial. In about two minutes it says whether the effect differs between patients, "
    "who is predicted to benefit, and how far to trust that, with every number open to a rerun."
)
samples()
left, right = st.columns(2, gap="medium")
with left:
    upload()
with right:
    project()
steps()
