"""Inputs of life and quality: two paths of utility, and what a later year counts."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ite.errors import ValuationError
from ite.value.discounting import Discounting, Timing
from ite.value.qaly import UtilityPath
from ite.value.sourced import Sourced
from ite.value.two_lives import TwoLives
from pages.ui.fields import choice, number
from pages.ui.table import typed_table
from pages.ui.text import plain
from pages.ui.words_field import words_field

_TABLE = "vl-table"
_TIME, _FIRST, _SECOND = "time", "first", "second"
_LINES, _STEPS = "Straight lines", "Steps"
_ORDER: tuple[Timing, ...] = ("middle of year", "start of year", "end of year", "continuous")
_TIMINGS = {timing.capitalize(): timing for timing in _ORDER}
_EXAMPLE = pd.DataFrame(
    {
        _TIME: [0.0, 0.1, 0.5, 1.0, 3.0, 5.0, 10.0],
        _FIRST: [0.60, 0.45, 0.74, 0.78, 0.78, 0.75, 0.68],
        _SECOND: [0.60, 0.64, 0.68, 0.70, 0.71, 0.70, 0.64],
    }
)
_LONGEST = 60
_SMALLEST_RATE = 0.2  # percent; nobody discounts by less, but 0.035 is easily typed for 3.5 %


def ask() -> Callable[[], TwoLives]:
    """Draw the inputs; return what makes the settings, which raises `ValuationError`."""
    left, right = st.columns(2)
    with left:
        first = words_field("Option", "Bypass", "vl-first", longest=_LONGEST)
    with right:
        second = words_field("Compared with", "Medical therapy", "vl-second", longest=_LONGEST)
    names = first, second
    table = _table(names)
    steps = (
        choice("Between the times", [_LINES, _STEPS], "vl-shape", "How utility goes on between two times.") == _STEPS
    )
    if steps:
        st.caption("Steps: a utility holds until the next time. The last row only says when the last step ends.")
    words = "Per year. Guidelines differ: 3.5 % in England, 3 % in many countries. 0 is no discounting."
    rate = number("Discount rate (% a year)", 3.5, "vl-rate", words, step=0.5)
    if 0 < rate < _SMALLEST_RATE:
        st.caption(plain(f"This is {rate:g} % a year. For {100 * rate:g} %, type {100 * rate:g}."))
    words = "When what a year brings is counted. Continuous: an instantaneous rate."
    timing = _TIMINGS[choice("Counted at", list(_TIMINGS), "vl-timing", words)]
    with st.expander("Sources"):
        rate_source = words_field("Source of the rate", "NICE reference case", "vl-rate-source", longest=_LONGEST)
        of_utilities, assumed = "Source of the utilities", "assumed, for illustration"
        utility_source = words_field(of_utilities, assumed, "vl-utility-source", longest=_LONGEST)

    def make() -> TwoLives:
        path, other = (_path(table, column, utility_source, steps=steps) for column in (_FIRST, _SECOND))
        return TwoLives(names=names, paths=(path, other), discounting=_discounting(rate, timing, rate_source))

    return make


def _table(names: tuple[str, str]) -> pd.DataFrame:
    words = "Utility: the mean of all who began, the dead counted as 0. 1 is full health; worse than dead is negative."
    utilities = {
        column: st.column_config.NumberColumn(plain(name.strip() or "?"), format="%.4g", width=width, help=words)
        for column, name, width in zip((_FIRST, _SECOND), names, (88, 142), strict=True)
    }
    years = st.column_config.NumberColumn("Years", format="%.4g", width=66, help="From the start.")
    st.caption("Utility of each option over time: 1 is full health, 0 is dead.")
    edited = typed_table(
        _TABLE,
        _EXAMPLE,
        {_TIME: years, **utilities},
        alt="Times in years with the utility of each option; type over it, or add rows",
    )
    return edited.dropna(how="all")


def _path(table: pd.DataFrame, column: str, source: str, *, steps: bool) -> UtilityPath:
    """Return an option's path; an empty cell in between is a time at which it was not measured."""
    if table[_TIME].isna().any():
        raise ValuationError("Each row needs its time in years, but one has none. Type it, or delete the row.")
    known = table[table[column].notna()]
    if not steps:
        return UtilityPath(time_years=tuple(known[_TIME]), utility=tuple(known[column]), source=source)
    starts = known[known.index != table.index[-1]]
    times = (*starts[_TIME], table[_TIME].iloc[-1])
    return UtilityPath(time_years=times, utility=tuple(starts[column]), shape="constant", source=source)


def _discounting(rate: float, timing: Timing, source: str) -> Discounting | None:
    if not 0 <= rate < 100:
        raise ValuationError(
            f"A discount rate is at least 0 % and below 100 % a year, but {rate:g} % was given. For 3.5 %, type 3.5."
        )
    if rate == 0:
        return None
    return Discounting(rate=Sourced(value=rate / 100, unit="per year", source=source), timing=timing)
