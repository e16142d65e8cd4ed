"""The groups and the measures of inequality, without and with a programme."""

from collections.abc import Callable

import pandas as pd

from ite.charts.reading_inequality import (
    fitted_gains_table,
    gains_table,
    measures_sentence,
    measures_table,
    winners_sentence,
)
from ite.report.block import ResultBlock
from ite.report.inequality_code import GROUPS, HEALTH
from pages.panels.allocation.inequality_found import Compared
from pages.ui import figure

_MEASURES = """\
The Gini index compares levels, whoever has them. The other three follow the order of the table: the concentration \
index is above 0 where the better off have more, the slope index is the straight-line difference between the best and \
the worst off in the unit of the levels, and the relative index is that difference over the mean.

Absolute and relative measures can disagree: the same gain for all leaves the slope index as it is and lowers the \
relative ones. A dash stands where levels have no such measure."""
_GROUPS = "Level of one person without the programme and with it, and the difference, by group."


def gains(made: Compared) -> None:
    """Show who gains and who loses."""
    table: Callable[..., pd.DataFrame] = gains_table if made.health is None else fitted_gains_table
    frame = gains_table(made.groups) if made.health is None else fitted_gains_table(made.health)
    figure.show(
        ResultBlock(
            key="inequality-groups",
            title="Who gains, who loses?",
            sentence=winners_sentence(made.groups, made.health),
            alt="Table of each group's level without and with the programme, and its net gain",
            data=frame,
            method=made.method,
            code=made.code(f"{table.__name__}({GROUPS if made.trial is None else HEALTH})", (table,)),
            how_to_read=_GROUPS,
            provenance=made.provenance,
        ),
        "inequality-groups",
    )


def measures(made: Compared) -> None:
    """Show the measures."""
    figure.show(
        ResultBlock(
            key="inequality-measures",
            title="Measures of inequality, without and with the programme",
            sentence=measures_sentence(made.groups),
            alt="Table of measures of inequality without and with the programme, and their change",
            data=measures_table(made.groups),
            method=made.method,
            code=made.code(f"{measures_table.__name__}({GROUPS})", (measures_table,)),
            how_to_read=_MEASURES,
            provenance=made.provenance,
        ),
        "inequality-measures",
    )
