"""What a design does when its patients are followed one by one: its figures at both levels, and its calendar."""

from functools import partial

from ite.charts.design_patients import calendar_table, levels_chart, levels_table
from ite.charts.scale import cell
from ite.design.enrichment.patient_comparison import FollowedDesign
from ite.report.block import ResultBlock
from ite.report.patient_code import PatientRun, patient_code
from pages.panels.design.enrichment_result import Origin
from pages.panels.design.patients_reading import (
    CALENDAR,
    LEVELS,
    calendar_sentence,
    levels_sentence,
    levels_title,
    method,
)
from pages.ui import figure, origin


def levels(run: PatientRun, found: FollowedDesign) -> None:
    """Draw every figure patient by patient beside that of the statistics."""
    block = ResultBlock(
        key="patients-levels",
        title=levels_title(found),
        sentence=levels_sentence(found),
        **figure.drawn(partial(levels_chart, found)),
        data=levels_table(found),
        how_to_read=LEVELS,
        **_origin(run, "levels_table"),
    )
    figure.show(block, block.key)


def calendar(run: PatientRun, found: FollowedDesign) -> None:
    """Draw when the looks come, and how many patients it takes."""
    sentence = calendar_sentence(found)
    block = ResultBlock(
        key="patients-calendar",
        title=f"The trial takes {cell(found.patients.calendar, 'months', 'estimate'):.0f} months",
        sentence=sentence,
        alt=f"Table of the months of the looks, and of patients randomised and screened. {sentence}",
        data=calendar_table(found),
        how_to_read=CALENDAR,
        **_origin(run, "calendar_table"),
    )
    figure.show(block, block.key)


def _origin(run: PatientRun, table: str) -> Origin:
    return Origin(method=method(run), code=patient_code(run, table), provenance=origin.typed(run))
