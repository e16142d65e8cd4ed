"""A choice among words that may come from the data, kept for the whole session."""

import streamlit as st

from pages.ui.text import plain


def pick(label: str, options: list[str], key: str, explained: str) -> str:
    """Draw the choice of one of the words."""
    return str(st.selectbox(label, options, key=key, format_func=plain, persist_state="session", help=explained))
