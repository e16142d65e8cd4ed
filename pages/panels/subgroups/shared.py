"""The brushed range in the link: for samples only, since a range of an uploaded file can tell about its patients."""

import streamlit as st

from ite.charts.ranges import Range, typed_range
from pages.ui import state

_AXIS, _LOWER, _UPPER = "slice-axis", "slice-from", "slice-to"


def read(axis: str, low: float, high: float) -> Range:
    """Return the range that the link holds for this axis, inside its limits; all of it where there is none."""
    if state.load().sample is None or st.query_params.get(_AXIS) != axis:
        return low, high
    ends = typed_range([st.query_params.get(_LOWER), st.query_params.get(_UPPER)])
    if ends is None:
        return low, high
    return min(max(ends[0], low), high), max(min(ends[1], high), low)


def clear() -> None:
    """Take the range out of the link."""
    for name in (_AXIS, _LOWER, _UPPER):
        if name in st.query_params:
            del st.query_params[name]


def write(axis: str, lower: float, upper: float) -> None:
    """Keep the range in the link, where the data are public."""
    if state.load().sample is not None:
        st.query_params.update({_AXIS: axis, _LOWER: f"{lower:.6g}", _UPPER: f"{upper:.6g}"})
