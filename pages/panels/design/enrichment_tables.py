"""The tables behind an adaptive enrichment design: who continues, and how far estimates are off."""

from ite.charts.design_tables import estimates_in_words, figures_in_words, selection_in_words
from ite.report.block import ResultBlock
from pages.panels.design.enrichment_how_to_read import ESTIMATES, FIGURES, SELECTION
from pages.panels.design.enrichment_result import Simulated, origin_of
from pages.panels.design.enrichment_tables_reading import bias_sentence, figures_sentence, selection_sentence
from pages.ui import figure

_TABLES = "ite.charts.design_tables"


def figures(simulated: Simulated, pinned: Simulated | None) -> None:
    """Draw every overall figure of the design, beside the pinned design's."""
    sentence = figures_sentence(simulated.found)
    block = ResultBlock(
        key="enrichment-figures",
        title="This design in figures" if pinned is None else "This design beside the pinned one",
        sentence=sentence,
        alt=f"Table of the design's figures with their Monte-Carlo errors. {sentence}",
        data=figures_in_words(simulated.found, None if pinned is None else pinned.found),
        how_to_read=FIGURES,
        **origin_of(simulated, f"{_TABLES}.figures_in_words(found)"),
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
        data=selection_in_words(simulated.found),
        how_to_read=SELECTION,
        **origin_of(simulated, f"{_TABLES}.selection_in_words(found)"),
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
        data=estimates_in_words(simulated.found),
        how_to_read=ESTIMATES,
        **origin_of(simulated, f"{_TABLES}.estimates_in_words(found)"),
    )
    figure.show(block, block.key)
