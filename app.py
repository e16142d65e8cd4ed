"""Stratagem's map: the pages in their order and the frame around them."""

import streamlit as st

from pages.ui import jobs, nav, state
from pages.ui.sidebar import sidebar

page = nav.navigation()
st.set_page_config(page_title=f"{page.title} · Stratagem", page_icon=nav.FAVICON, layout="wide")
state.mark_framed()
state.apply_reset()
jobs.service()
sidebar()
page.run()
