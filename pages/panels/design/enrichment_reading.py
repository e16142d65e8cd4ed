"""The sentences that go with the figures of an adaptive enrichment design."""

import math

from ite.charts.design_enrichment import counted, in_words
from ite.charts.number_words import amount, percent_words, share_words
from ite.charts.scale import cell
from ite.design.enrichment.operating import OperatingCharacteristics
from ite.report.enrichment_file import EnrichmentFile
from pages.panels.design.enrichment_boundary import FAMILIES
from pages.panels.design.enrichment_rule import COMBINATIONS, INTERSECTIONS

_FIGURE = ("estimate", "standard_error")
_USUAL = ("full", "subgroup", "full + subgroup")


def method(asked: EnrichmentFile) -> str:
    """Say how the figures came about."""
    design = asked.tested
    family = FAMILIES.get(design.boundary.family, "user-defined")
    words = (
        f"{asked.trials:,} simulated trials, seed {asked.seed}. Closed test: intersections by "
        f"{INTERSECTIONS[design.intersection]}, stages by {COMBINATIONS[design.combination].lower()}, boundary "
        f"{family}, one-sided level {share_words(design.boundary.alpha)}."
    )
    return words if asked.tested is asked.design else f"{words} Strata as the marker test tells them apart."


def power_title(found: OperatingCharacteristics) -> str:
    """Say in words how often the trial succeeds."""
    return f"{percent_words(cell(found.summary, 'any', 'estimate'))} of such trials show a benefit"


def power_sentence(found: OperatingCharacteristics, pinned: OperatingCharacteristics | None) -> str:
    """Name the power of each population, what the trial takes, and the difference to the pinned design."""
    parts = [
        f"in {the(name)} in "
        f"{percent_words(cell(found.populations, name, 'power'), cell(found.populations, name, 'power_se'))}"
        for name in map(str, found.populations.index)
    ]
    takes = f"{size_words(found)} on average{screening_words(found)}"
    words = f"A benefit is shown {' and '.join(parts)} of trials; the trial takes {takes}."
    if pinned is None:
        return words
    pairs = [figure_of(each, "any") for each in (found, pinned)]
    gain, error = pairs[0][0] - pairs[1][0], math.hypot(pairs[0][1], pairs[1][1])
    against = f"{words} Against the pinned design: {_signed(100 * gain, 1)} ± {100 * error:.1f} points of power"
    if counted(found.design) != counted(pinned.design):
        return f"{against}; sizes count {counted(found.design)} here and {counted(pinned.design)} there."
    more = figure_of(found, "expected_size")[0] - figure_of(pinned, "expected_size")[0]
    return f"{against}, {_signed(more, 0)} {counted(found.design)}."


def figure_of(found: OperatingCharacteristics, measure: str) -> tuple[float, float]:
    """Return an overall figure and its Monte-Carlo error."""
    return cell(found.summary, measure, "estimate"), cell(found.summary, measure, "standard_error")


def size_words(found: OperatingCharacteristics) -> str:
    """Return the average size with its unit."""
    return f"{amount(*figure_of(found, 'expected_size'))} {counted(found.design)}"


def screening_words(found: OperatingCharacteristics) -> str:
    """Say how many candidates the patients are found among; nothing for events, behind which patients are unknown."""
    come, error = figure_of(found, "expected_candidates")
    return "" if math.isnan(come) else f", found by testing {amount(come, error)} candidates for the marker"


def _signed(value: float, decimals: int) -> str:
    return f"{value:+,.{decimals}f}".replace("-", "−")


def course_sentence(found: OperatingCharacteristics) -> str:
    """Say how often the trial stops early, and where it goes most often."""
    stops = [
        f"{percent_words(*(cell(found.summary, measure, column) for column in _FIGURE))} stop early {why}"
        for measure, why in (("stop_success", "for success"), ("stop_futility", "for futility"))
    ]
    second = found.selection[found.selection["stage"] == 2].nlargest(1, "joint").to_dict("records")
    if not second:
        return f"{' and '.join(stops)}; no trial goes on."
    (likely,) = second
    goes_on = percent_words(likely["joint"], likely["joint_se"])
    return f"{goes_on} go on in {the(likely['populations'])}; {', '.join(stops)}."


def the(populations: str) -> str:
    """Name populations within a sentence."""
    return f"the {in_words(populations)}" if populations in _USUAL else in_words(populations)
