"""The frontier of the fitted trial, its groups, and simpler rules beside it."""

from collections.abc import Callable, Sequence
from functools import partial

from ite.allocation.allocate import AllocationFrontier
from ite.charts.allocation import allocation_groups_chart, frontier_chart
from ite.charts.allocation_tables import gaps_table
from ite.charts.reading_allocation import frontier_sentence, gaps_sentence, groups_sentence
from ite.report.allocation_code import allocation_code
from ite.report.block import ResultBlock
from pages.ui import figure
from pages.ui.analysed import Analysed

_FRONTIER = """\
From left to right more is guaranteed to the group that is served least, and the rest of the budget goes where most \
benefit is predicted. The solid line is what patients gain whose models never saw them, with a band that holds along \
the whole line with 95 % confidence. The dashed line is what the predictions promise: it lies higher, since whoever is \
picked for a high prediction is picked partly for its error.

Each fold of patients is allocated by models of the earlier folds, which are smaller than the whole trial: the final \
rule is learned on more patients and may do better.

A line that hardly falls says that fairness costs little here. There is no single number for fairness: look at the \
groups below."""
_GROUPS = """\
Each point is the mean gain over all members of a group, those who are offered nothing included; the bar is its 95 % \
interval, taken one at a time. Above it stands who is offered treatment.

A group may be offered more and yet not be shown to gain more: the change has an interval of its own, in the sentence \
above."""
_GAPS = """\
First who is offered treatment, then what that brings per member, each overall, by group, and as the largest \
difference and ratio between two groups. The interval of a gap allows for the pair having been picked as the \
farthest apart. A ratio has a meaning only where the interval of every group lies above 0.

There is no single score of fairness: equal offers, equal gains and most benefit exclude each other wherever groups \
gain differently."""


def result(shown: Analysed, found: AllocationFrontier) -> None:
    """Draw the frontier with the chosen point."""
    figure.show(
        ResultBlock(
            key="allocation-frontier",
            title="What is delivered, from most benefit to most equity",
            sentence=frontier_sentence(found, shown.unit),
            **figure.drawn(partial(frontier_chart, found, shown.unit)),
            data=found.points,
            method=f"{shown.method} {found.method}",
            code=_code(shown, found, "found.points"),
            how_to_read=_FRONTIER,
            provenance=shown.provenance(found.spec),
        ),
        "allocation-frontier",
    )


def groups(shown: Analysed, found: AllocationFrontier) -> None:
    """Draw who gains and who gives up."""
    figure.show(
        ResultBlock(
            key="allocation-groups",
            title="Who gains, who gives something up",
            sentence=groups_sentence(found, shown.unit),
            **figure.drawn(partial(allocation_groups_chart, found, shown.unit)),
            data=found.groups,
            method=f"{shown.method} {found.method}",
            code=_code(shown, found, "found.groups"),
            how_to_read=_GROUPS,
            provenance=shown.provenance(found.spec),
        ),
        "allocation-groups",
    )


def gaps(shown: Analysed, found: AllocationFrontier) -> None:
    """Show how far groups are apart; nothing where there are none."""
    if found.spec.equity is None:
        return
    figure.show(
        ResultBlock(
            key="allocation-gaps",
            title="How far are the groups apart?",
            sentence=gaps_sentence(found, shown.unit),
            alt="Table of offers and gains by group, with the largest difference and ratio between groups",
            data=gaps_table(found),
            method=f"Gain: {shown.unit.scale_words}. {shown.method} {found.method}",
            code=_code(shown, found, "gaps_table(found)", (gaps_table,)),
            how_to_read=_GAPS,
            provenance=shown.provenance(found.spec),
        ),
        "allocation-gaps",
    )


def _code(
    shown: Analysed, found: AllocationFrontier, table: str, functions: Sequence[Callable[..., object]] = ()
) -> str:
    return allocation_code(shown.source, shown.trial.roles, shown.effects.spec, found.spec, table, functions)
