"""The named ways to share a budget between typed groups, side by side."""

import streamlit as st

from ite.allocation.side_by_side import ways_to_share
from ite.allocation.typed import TypedGroups
from ite.report.allocation_code import ways_code
from ite.report.block import ResultBlock
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.fields import number
from pages.ui.text import plain

_HOW_TO_READ = """\
One row per way to share the budget: the people of each group who are offered treatment, the total gain, and what the \
way costs against most benefit.

A weight says how much a unit of benefit counts in a group. A group that gains a third of what another gains is served \
first only if its benefit counts more than three times."""


def ways(groups: TypedGroups) -> None:
    """Draw the weights and the table of ways."""
    with st.expander("Weights of the groups"):
        words = "What a unit of benefit counts in this group."
        weights = tuple(
            number(f"Weight of {plain(name)}", 1.0, f"at-weight-{name}", words, least=0.01, step=0.5)
            for name in groups.names
        )
    table = attempt("allocation-ways", lambda: ways_to_share(groups, weights))
    if table is None:
        return
    by_way = table.set_index("way")["total gain"]
    best, half = float(by_way.max()), float(by_way.loc[["half and half"]].iloc[0])
    figure.show(
        ResultBlock(
            key="allocation-ways",
            title="Ways to share, side by side",
            sentence=f"Half and half brings {half:,.4g} in total, {best - half:,.4g} less than the most possible.",
            alt="Table of offers by group and total gain for each way to share",
            data=table,
            method=f"{len(groups.names)} groups, budget {groups.budget:,.6g}; exact.",
            code=ways_code(groups, weights),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(groups),
        ),
        "allocation-ways",
    )
