"""What looks on the way save, and what they cost."""

from functools import partial

from ite.charts.design_looks import expected_size_chart
from ite.charts.reading_looks import expected_sentence
from ite.design.sequential.planned_looks import size_table
from pages.panels.design.looks_result import Looked
from pages.ui import figure

_HOW_TO_READ = """\
The grey bars are planned sizes: of a trial with one analysis, and of this one if no look stops it. The blue bars are \
what this trial needs on average, if the assumed effect is true, half of it, or none.

Looks cost a larger maximum, since each of them uses up some of the level. They pay where the truth is clear early. \
Plan budget and drug supply for the maximum, not for the average.

Patients who are enrolled but not yet followed up at a look are not counted: with slow outcomes the looks save less."""


def expected(looked: Looked) -> None:
    """Draw the expected size against the fixed design."""
    sizes = size_table(looked.plan)

    block = looked.block(
        "size_table(plan)",
        (size_table,),
        sizes,
        key="expected-size",
        title="What the looks save",
        sentence=expected_sentence(looked.trial, looked.plan),
        **figure.drawn(partial(expected_size_chart, sizes, looked.trial.endpoint)),
        how_to_read=_HOW_TO_READ,
    )
    figure.show(block, "expected")
