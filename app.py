"""Stratagem's map: the pages in their order and the frame around them."""

import streamlit as st

from pages.ui import jobs, nav, state
from pages.ui.sidebar import sidebar

st.set_page_config(page_title="Stratagem", page_icon=":material/insights:", layout="wide")
page = nav.navigation()
state.mark_framed()
state.apply_reset()
jobs.service()
sidebar()
page.run()
