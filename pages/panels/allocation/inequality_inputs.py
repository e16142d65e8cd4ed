"""Inputs of inequality: a table of groups from the worst to the best off, and how much inequality is disliked."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from ite.allocation.distributional_gain import Aversion
from ite.allocation.health_groups import INCOME_FIFTHS, MOST_GROUPS, HealthGroups
from ite.errors import AllocationError
from pages.ui.fields import choice
from pages.ui.table import typed_table

_TABLE = "iq-table"
_COLUMNS = ("Group", "Level", "Gain", "Lost", "People")
#: Of each number its width, so that all are in sight at once, and what it is.
_EXPLAINED = {
    "Level": (66, "Health of one person without the programme, such as years in good health; larger is better."),
    "Gain": (64, "What the programme adds for one person."),
    "Lost": (62, "What one person loses since the money is not spent elsewhere."),
    "People": (78, "In any unit, such as a share in percent."),
}
_EXAMPLE = pd.DataFrame(
    {
        "Group": list(INCOME_FIFTHS.names),
        "Level": list(INCOME_FIFTHS.level),
        "Gain": list(INCOME_FIFTHS.gain),
        "Lost": list(INCOME_FIFTHS.lost),
        "People": list(INCOME_FIFTHS.people),
    }
)
_RELATIVE, _ABSOLUTE = "Relative (Atkinson)", "Absolute (Kolm)"
_STRENGTHS = (0, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 10.95, 12, 15, 20, 25, 30)
_STRENGTHS_ABSOLUTE = (0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1, 2)


def ask_groups() -> Callable[[], HealthGroups]:
    """Draw the table; return what makes the groups, which raises `AllocationError`."""
    table = typed_table(
        _TABLE,
        _EXAMPLE,
        {
            _COLUMNS[0]: st.column_config.TextColumn(max_chars=40, required=True, width=96),
            **{
                name: st.column_config.NumberColumn(required=True, format="%.6g", width=width, help=words)
                for name, (width, words) in _EXPLAINED.items()
            },
        },
        alt="Groups from the worst to the best off, with level, gain, loss and people; type over it, or add rows",
    )
    st.caption(
        "From the worst to the best off. Start: healthy life expectancy in years by "
        "income fifth, with an invented programme. Type over it, or add rows."
    )

    def make() -> HealthGroups:
        rows = table.dropna(how="all")
        if not 2 <= len(rows) <= MOST_GROUPS:
            raise AllocationError(f"The table holds 2 to {MOST_GROUPS} groups; it has {len(rows)} rows. Change that.")
        holes = [name for name in _COLUMNS if rows[name].isna().any()]
        if holes:
            raise AllocationError(
                f"Each group needs a value in every column; '{holes[0]}' has an empty cell. Fill it in."
            )
        level, gain, lost, people = (tuple(rows[name].astype(float)) for name in _COLUMNS[1:])
        return HealthGroups(
            names=tuple(rows[_COLUMNS[0]].astype(str)), people=people, level=level, gain=gain, lost=lost
        )

    return make


def ask_aversion() -> Aversion:
    """Draw how much inequality is disliked, and of which kind."""
    words = "Relative: multiplying all levels changes nothing. Absolute: adding the same to all changes nothing."
    relative = choice("Kind of inequality", [_RELATIVE, _ABSOLUTE], "iq-kind", words) == _RELATIVE
    surveyed = "10.95" if relative else "0.15 per year of health"
    strength = st.select_slider(
        "Aversion to inequality" if relative else "Aversion per unit of the levels",
        _STRENGTHS if relative else _STRENGTHS_ABSOLUTE,
        value=0,
        format_func=lambda strength: f":gray[{strength:g}]",
        key="iq-relative" if relative else "iq-absolute",
        persist_state="session",
        help=f"0: only the mean counts. A survey in England gave {surveyed} (Robson 2017). Yours to set.",
    )
    return Aversion(kind="relative" if relative else "absolute", strength=float(strength))
