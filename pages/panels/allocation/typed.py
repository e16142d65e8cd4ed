"""Groups typed in: the exact frontier of their allocation, without any data."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from ite.allocation.frontier import Frontier, Guarantee, frontier
from ite.allocation.presets import PRESETS, allocate_by
from ite.allocation.typed import TypedGroups
from ite.charts.allocation import typed_frontier_chart
from ite.charts.reading_allocation import typed_sentence
from ite.report.allocation_code import typed_code
from ite.report.block import ResultBlock
from pages.panels.allocation.guarantee import ask_guarantee
from pages.panels.allocation.typed_inputs import ask
from pages.panels.allocation.typed_ways import ways
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.fields import percent

_HOW_TO_READ = """\
The line is the most that the groups can gain together, at each guarantee to the group that is served least. It is \
exact: no point above it is possible within the budget. The ring is the point chosen by the slider.

The named points are common ways to share. Half and half gives each group the same part of the budget, proportional a \
part by its people, equal gain the same benefit per member, maximin the best worst-off group. A point below the line \
can be improved for one group at no loss to the guarantee.

Which point is right is not a matter of computation. The price of equity says what a choice costs in benefit; it does \
not say that the cost is too high."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """Groups with their frontier and the named ways to share."""

    groups: TypedGroups
    found: Frontier
    named: dict[str, tuple[float, float]]


def draw() -> None:
    """Draw the inputs and, beside them, the frontier."""
    left, right = st.columns([6, 8], gap="medium")
    with left:
        asked = ask()
        guarantee = ask_guarantee("at-guarantee")
        at = percent(
            "From efficiency to equity", (0, 100), 0, "at-position", "Chooses the point of the frontier.", step=5
        )
    with right:
        typed = attempt("allocation-typed", lambda: _typed(asked(), guarantee))
        if typed is not None:
            point = round(at * (len(typed.found.allocations) - 1))
            _result(typed, point)
            ways(typed.groups)


def _typed(groups: TypedGroups, guarantee: Guarantee) -> Typed:
    candidates = groups.candidates()
    column = "share_offered" if guarantee == "offers" else "gain_per_member"
    named = {}
    for way in PRESETS:
        if way != "weighted":  # weights are typed below
            found = allocate_by(way, candidates, groups.budget)
            named[str(way)] = float(found.groups[column].min()), found.gain
    return Typed(groups=groups, found=frontier(candidates, groups.budget, guarantee), named=named)


def _result(typed: Typed, point: int) -> None:
    found, groups = typed.found, typed.groups
    figure.show(
        ResultBlock(
            key="allocation-typed",
            title="What is the most that the groups can gain together?",
            sentence=typed_sentence(found, point),
            **figure.drawn(partial(typed_frontier_chart, found, point, typed.named)),
            data=found.allocations[point].groups,
            method=f"{len(groups.names)} groups, {sum(groups.people):,.6g} people, budget {groups.budget:,.6g}. "
            "Exact linear programme, solved along each group's own path of benefit per cost.",
            code=typed_code(groups, found.guarantee, point),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(groups),
        ),
        "allocation-typed",
    )
