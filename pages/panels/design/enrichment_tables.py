"""The tables behind an adaptive enrichment design: who continues, and how far estimates are off."""

from ite.report.block import ResultBlock
from pages.panels.design.enrichment_reading import ESTIMATES, SELECTION, bias_sentence, selection_sentence
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
