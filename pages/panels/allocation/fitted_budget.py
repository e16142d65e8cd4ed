"""What each budget delivers, and what was promised: the winner's curse."""

from functools import partial

from ite.charts.allocation import budget_chart
from ite.charts.reading_allocation import budget_sentence
from ite.report.allocation_code import budget_code
from ite.report.block import ResultBlock
from pages.panels.allocation.fitted_found import Found
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.once import once

_HOW_TO_READ = """\
From left to right the budget grows, and those with most predicted benefit are served first. The solid line is what \
patients gain whose models never saw them, with a simultaneous 95 % band; the dotted line is the same budget given out \
by lot. Where the band lies above the dotted line, predicting is shown to be worth it.

The dashed line is what the predictions promise. The distance to the solid line is the winner's curse: the patients \
with the highest predictions owe them partly to chance. Decide by what is delivered."""


def budget(shown: Analysed, found: Found) -> None:
    """Draw the curve over the budget."""
    spec, each = found.frontier.spec, found.frontier.spec.total(shown.trial.n) / shown.trial.n
    # The picture is the same at every point of the frontier.
    picture = once(
        "allocation-budget-drawn",
        (found.of, each),
        lambda: figure.drawn(partial(budget_chart, found.curve, shown.unit, each)),
    )
    figure.show(
        ResultBlock(
            key="allocation-budget",
            title="How much does each budget deliver?",
            sentence=budget_sentence(found.curve, shown.unit),
            **picture,
            data=found.curve.frame,
            method=f"{shown.method} {found.frontier.method}",
            code=budget_code(shown.source, shown.trial.roles, shown.effects.spec, spec),
            how_to_read=_HOW_TO_READ,
            provenance=shown.provenance(spec),
        ),
        "allocation-budget",
    )
