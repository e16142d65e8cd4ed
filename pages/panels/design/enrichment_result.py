"""What an adaptive enrichment design achieves: its power, and its course."""

from dataclasses import dataclass
from functools import partial
from typing import TypedDict

from ite.charts.design_enrichment import flow_chart, flow_table, power_chart, power_table
from ite.charts.design_tables import worded
from ite.design.enrichment.operating import OperatingCharacteristics
from ite.report.block import ResultBlock
from ite.report.enrichment_code import enrichment_code
from ite.report.enrichment_file import EnrichmentFile
from ite.report.provenance import Provenance
from pages.panels.design.enrichment_how_to_read import COURSE, POWER
from pages.panels.design.enrichment_reading import (
    course_sentence,
    method,
    power_sentence,
    power_title,
)
from pages.ui import figure, origin


@dataclass(frozen=True)
class Simulated:
    """A design as asked, and what its simulated trials showed."""

    asked: EnrichmentFile
    found: OperatingCharacteristics


class Origin(TypedDict):
    """The fields of a result block that say where its figures come from."""

    method: str
    code: str
    provenance: Provenance


def power(simulated: Simulated, pinned: Simulated | None) -> None:
    """Draw how often each population's benefit is shown, beside the pinned design."""
    found, other = simulated.found, None if pinned is None else pinned.found

    block = ResultBlock(
        key="enrichment-power",
        title=power_title(found),
        sentence=power_sentence(found, other),
        **figure.drawn(partial(power_chart, found, other)),
        data=worded(power_table(found)),
        how_to_read=POWER,
        **origin_of(simulated, "ite.charts.design_enrichment.power_table(found)"),
    )
    figure.show(block, block.key)


def course(simulated: Simulated) -> None:
    """Draw the design: where its trials go at each look, and how often."""
    found = simulated.found

    block = ResultBlock(
        key="enrichment-course",
        title="What happens at the look" if found.design.stages == 2 else "What happens at the looks",
        sentence=course_sentence(found),
        **figure.drawn(partial(flow_chart, found)),
        data=worded(flow_table(found)),
        how_to_read=COURSE,
        **origin_of(simulated, "ite.charts.design_enrichment.flow_table(found)"),
    )
    figure.show(block, block.key)


def origin_of(simulated: Simulated, shown: str) -> Origin:
    """Return how the figures of any block came about."""
    asked = simulated.asked
    return Origin(
        method=method(asked), code=enrichment_code(asked, shown), provenance=origin.typed(asked, seed=asked.seed)
    )
