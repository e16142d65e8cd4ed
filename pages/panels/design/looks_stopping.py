"""Where a trial with looks stops: its bounds as a chart, and its looks as a table."""

from functools import partial

from ite.charts.design_looks import boundary_chart
from ite.charts.design_looks_table import looks_as_read
from ite.charts.reading_looks import looks_sentence, looks_title, table_sentence
from ite.design.sequential.planned_looks import look_table
from pages.panels.design.looks_result import Looked
from pages.ui import figure

_BOUNDS = """\
At each look the z-statistic is compared with the bounds. Above the upper one the trial stops and the benefit is \
shown; the p-value beside it is the nominal one-sided level of that look alone. Below the lower one it stops because a \
benefit is unlikely to be shown.

All looks together keep the one-sided level. An ordinary p-value read at every look would not: with five looks it \
would find a benefit that is not there in 7 % of trials instead of 2.5 %.

A non-binding bound for futility may be ignored without losing the level; the power counts it as obeyed."""
_TABLE = """\
One row for each look, with the patients who have an outcome by then, or the events. The estimate is what \
the data show where the z-statistic lies at the bound.

The last columns say how often the trial stops at that look, in percent, if the assumed effect is true and if \
there is none. At the last look futility means that the benefit is not shown; "none" is a bound that a look has not.

After an early stop for benefit the estimate is too large on average."""


def bounds(looked: Looked) -> None:
    """Draw the size and the stopping bounds."""
    shown, endpoint = look_table(looked.trial, looked.plan), looked.trial.endpoint

    block = looked.block(
        "look_table(trial, plan)",
        (look_table,),
        shown,
        key="stopping-bounds",
        title=looks_title(looked.trial, looked.plan),
        sentence=looks_sentence(looked.trial, looked.plan),
        **figure.drawn(partial(boundary_chart, shown, endpoint)),
        how_to_read=_BOUNDS,
    )
    figure.show(block, "bounds")


def table(looked: Looked) -> None:
    """Draw the looks as a table."""
    looks = look_table(looked.trial, looked.plan)
    shown = looks_as_read(looks, looked.trial.endpoint)
    block = looked.block(
        "looks_as_read(look_table(trial, plan), trial.endpoint)",
        (look_table, looks_as_read),
        shown,
        key="looks",
        title="The looks one by one",
        sentence=table_sentence(looked.trial, looks),
        alt=f"Table of {len(shown)} looks with their bounds and stopping probabilities.",
        how_to_read=_TABLE,
    )
    figure.show(block, "looks")
