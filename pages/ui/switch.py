"""A choice of one of a few words, side by side."""

import streamlit as st


def switch(label: str, options: tuple[str, ...], key: str, *, first: str | None = None) -> str:
    """Draw a choice of one of a few words, side by side; `first` is the one that is chosen at first."""
    picked = st.segmented_control(
        label,
        list(options),
        default=first or options[0],
        required=True,
        # In the dark theme Streamlit's own colour of the chosen one is too faint to read.
        format_func=lambda name: f":gray[{name}]",
        key=key,
        persist_state="session",
        label_visibility="collapsed",
    )
    return str(picked)
