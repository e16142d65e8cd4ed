"""A field for a few words that stays as it was typed for the whole session."""

import streamlit as st


def words_field(label: str, default: str, key: str, *, longest: int, explained: str | None = None) -> str:
    """Draw a field for a few words, at most `longest` characters."""
    return str(st.text_input(label, default, max_chars=longest, key=key, persist_state="session", help=explained))
