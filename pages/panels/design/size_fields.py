"""Fields for numbers of a design: each explains its term, and travels in the link."""

import re

import streamlit as st

from ite.errors import DesignError


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
            bind="query-params",
            help=explained,
        )
    )


def suggested(label: str, suggestion: float, key: str, explained: str, *, step: float) -> float:
    """Draw a field for a number that may stay empty: it then shows what is suggested, which is returned."""
    typed = st.number_input(
        label,
        value=None,
        step=step,
        format="%.6g",
        placeholder=f"{suggestion:.3g}",
        key=key,
        bind="query-params",
        help=explained,
    )
    return float(f"{suggestion:.3g}") if typed is None else float(typed)


def percent(label: str, default: float, key: str, explained: str, *, step: float) -> float:
    """Draw a field for a probability or share, typed in percent; return it as a fraction."""
    typed = st.number_input(
        label,
        min_value=0.0,
        max_value=100.0,
        value=default,
        step=step,
        format="%.6g",
        key=key,
        bind="query-params",
        help=explained,
    )
    return float(typed) / 100.0


def slider(label: str, limits: tuple[int, int], default: int, key: str, explained: str) -> float:
    """Draw a slider in percent; return a fraction."""
    return whole(label, limits, default, key, explained, unit=" %%") / 100.0


def whole(label: str, limits: tuple[int, int], default: int, key: str, explained: str, *, unit: str = "") -> int:
    """Draw a slider of whole numbers; `unit` follows the number, in the manner of printf."""
    # In the dark theme Streamlit's own colour of the number is too faint to read.
    written = f":gray[%d{unit}]"
    return st.slider(label, *limits, default, format=written, key=key, bind="query-params", help=explained)


def numbers(typed: str) -> tuple[float, ...]:
    """Return the numbers of a list that was typed, parted by commas, semicolons or spaces.

    Raises
    ------
    DesignError
        Where a part of it is no number.
    """
    values = []
    for part in re.split(r"[,;\s]+", typed.strip()):
        try:
            values.append(float(part))
        except ValueError:
            raise DesignError(
                f"Numbers parted by commas are expected, but '{part}' was typed. Mend that one."
            ) from None
    return tuple(values)
