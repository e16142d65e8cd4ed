"""Fields for numbers that stay as they were typed for the whole session, each with its term explained."""

import streamlit as st


def number(label: str, default: float, key: str, explained: str, *, least: float | None = None, step: float) -> float:
    """Draw a field for a number; `least` is the smallest that can be typed."""
    return float(
        st.number_input(
            label,
            min_value=least,
            value=default,
            step=step,
            format="%.6g",
            key=key,
            persist_state="session",
            help=explained,
        )
    )


def percent(label: str, limits: tuple[int, int], default: int, key: str, explained: str, *, step: int = 1) -> float:
    """Draw a slider in percent; return a fraction."""
    # In the dark theme Streamlit's own colour of the number is too faint to read.
    typed = st.slider(
        label, *limits, default, step, format=":gray[%d %%]", key=key, persist_state="session", help=explained
    )
    return typed / 100.0


def choice(label: str, options: list[str], key: str, explained: str) -> str:
    """Draw a choice of one of a few words."""
    return str(st.selectbox(label, options, key=key, persist_state="session", help=explained))
