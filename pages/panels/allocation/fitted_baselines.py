"""Simpler rules beside the allocation: a lot, the worst outlook first, and everybody."""

from ite.allocation.allocate import AllocationFrontier
from ite.charts.allocation_tables import baselines_table
from ite.charts.reading_allocation import baselines_sentence
from ite.report.allocation_code import allocation_code
from ite.report.block import ResultBlock
from pages.ui import figure
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
By lot: everybody has the same chance of the offer. By risk: the worst outlook without treatment goes first, as many \
guidelines do. Everybody: as if there were no limit. The gain over a rule is that of the most efficient point, with \
the standard error of the difference on the same patients."""


def baselines(shown: Analysed, found: AllocationFrontier) -> None:
    """Show what simpler rules deliver."""
    figure.show(
        ResultBlock(
            key="allocation-baselines",
            title="Is prediction better than a simpler rule?",
            sentence=baselines_sentence(found, shown.unit),
            alt="Table of what simpler rules deliver, and of the gain over each",
            data=baselines_table(found),
            method=f"Gain: {shown.unit.scale_words}. {shown.method} {found.method}",
            code=allocation_code(
                shown.source,
                shown.trial.roles,
                shown.effects.spec,
                found.spec,
                "baselines_table(found)",
                (baselines_table,),
            ),
            how_to_read=_HOW_TO_READ,
            provenance=shown.provenance(found.spec),
        ),
        "allocation-baselines",
    )
