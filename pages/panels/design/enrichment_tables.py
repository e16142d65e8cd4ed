"""The tables behind an adaptive enrichment design: who continues, and how far estimates are off."""

from ite.charts.design_enrichment import figures_table
from ite.report.block import ResultBlock
from pages.panels.design.enrichment_how_to_read import ESTIMATES, FIGURES, SELECTION
from pages.panels.design.enrichment_reading import (
    bias_sentence,
    figures_sentence,
    selection_sentence,
)
from pages.panels.design.enrichment_result import Simulated, origin_of
from pages.ui import figure

_ESTIMATES = (
    "population",
    "method",
    "bias",
    "bias_se",
    "rmse",
    "coverage",
    "coverage_se",
    "truth",
    "trials",
)


def figures(simulated: Simulated, pinned: Simulated | None) -> None:
    """Draw every overall figure of the design, beside the pinned design's."""
    sentence = figures_sentence(simulated.found)
    block = ResultBlock(
        key="enrichment-figures",
        title="This design in figures" if pinned is None else "This design beside the pinned one",
        sentence=sentence,
        alt=f"Table of the design's figures with their Monte-Carlo errors. {sentence}",
        data=figures_table(simulated.found, None if pinned is None else pinned.found),
        how_to_read=FIGURES,
        **origin_of(simulated, "ite.charts.design_enrichment.figures_table(found)"),
    )
    figure.show(block, block.key)


def selection(simulated: Simulated) -> None:
    """Draw how often each population continues, among all trials and among those that go on."""
    sentence = selection_sentence(simulated.found)
    block = ResultBlock(
        key="enrichment-selection",
        title="Which population continues, counted in two ways",
        sentence=sentence,
        alt=f"Table of the probability that each population continues. {sentence}",
        data=simulated.found.continues,
        how_to_read=SELECTION,
        **origin_of(simulated, "found.continues"),
    )
    figure.show(block, block.key)


def estimates(simulated: Simulated) -> None:
    """Draw how far estimates after selection are off."""
    sentence = bias_sentence(simulated.found)
    block = ResultBlock(
        key="enrichment-estimates",
        title="How far the estimates are off after selection",
        sentence=sentence,
        alt=f"Table of bias, error and coverage of three estimates in each population. {sentence}",
        data=simulated.found.estimates[list(_ESTIMATES)],
        how_to_read=ESTIMATES,
        **origin_of(simulated, "found.estimates"),
    )
    figure.show(block, block.key)
