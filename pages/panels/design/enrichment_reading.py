"""The sentences that go with the figures of an adaptive enrichment design."""

from ite.charts.design_enrichment import in_words, percent
from ite.charts.scale import cell
from ite.design.enrichment.operating import OperatingCharacteristics
from ite.report.enrichment_file import EnrichmentFile
from pages.panels.design.enrichment_boundary import FAMILIES
from pages.panels.design.enrichment_rule import COMBINATIONS, INTERSECTIONS
from pages.panels.design.enrichment_start import counted

_FIGURE = ("estimate", "standard_error")
_USUAL = ("full", "subgroup", "full + subgroup")


def method(asked: EnrichmentFile) -> str:
    """Say how the figures came about."""
    design = asked.tested
    family = FAMILIES.get(design.boundary.family, "user-defined")
    words = (
        f"{asked.trials:,} simulated trials, seed {asked.seed}. Closed test: intersections by "
        f"{INTERSECTIONS[design.intersection]}, stages by {COMBINATIONS[design.combination].lower()}, boundary "
        f"{family}, one-sided level {design.boundary.alpha:g}."
    )
    return words if asked.tested is asked.design else f"{words} Strata as the marker test tells them apart."


def power_title(found: OperatingCharacteristics) -> str:
    """Say in words how often the trial succeeds."""
    return f"{percent(cell(found.summary, 'any', 'estimate'))} of such trials show a benefit"


def power_sentence(found: OperatingCharacteristics, pinned: OperatingCharacteristics | None) -> str:
    """Name the power of each population, and the difference to the pinned design."""
    parts = [
        f"{percent(cell(found.populations, name, 'power'), cell(found.populations, name, 'power_se'))} in {_the(name)}"
        for name in map(str, found.populations.index)
    ]
    size, unit = cell(found.summary, "expected_size", "estimate"), counted(found.design)
    error = cell(found.summary, "expected_size", "standard_error")
    words = f"A benefit is shown {', '.join(parts)}; the trial takes {size:,.1f} ± {error:.1f} {unit} on average."
    if pinned is None:
        return words
    gain = cell(found.summary, "any", "estimate") - cell(pinned.summary, "any", "estimate")
    more = size - cell(pinned.summary, "expected_size", "estimate")
    return f"{words} Against the pinned design: {100 * gain:+.1f} points of power, {more:+,.1f} {unit}."


def course_sentence(found: OperatingCharacteristics) -> str:
    """Say how often the trial stops early, and where it goes most often."""
    stops = [
        f"{percent(*(cell(found.summary, measure, column) for column in _FIGURE))} stop early {why}"
        for measure, why in (("stop_success", "for success"), ("stop_futility", "for futility"))
    ]
    second = found.selection[found.selection["stage"] == 2].nlargest(1, "joint").to_dict("records")
    if not second:
        return f"{' and '.join(stops)}; no trial goes on."
    (likely,) = second
    return f"{percent(likely['joint'], likely['joint_se'])} go on in {_the(likely['populations'])}; {', '.join(stops)}."


def figures_sentence(found: OperatingCharacteristics) -> str:
    """Name the average size against the planned one."""
    size, error = (cell(found.summary, "expected_size", column) for column in _FIGURE)
    planned = found.design.cumulative_sizes[-1]
    return f"{size:,.1f} ± {error:.1f} {counted(found.design)} on average, of {planned:,.0f} planned."


def selection_sentence(found: OperatingCharacteristics) -> str:
    """Set joint and conditional probabilities of one population side by side."""
    row = found.continues.to_dict("records")[-1]
    return (
        f"Stage {row['stage']} studies {_the(row['population'])} in {percent(row['joint'], row['joint_se'])} of all "
        f"trials, which is {percent(row['conditional'], row['conditional_se'])} of those that reach it."
    )


def bias_sentence(found: OperatingCharacteristics) -> str:
    """Name the largest bias of the naive estimate."""
    known = found.estimates[(found.estimates["method"] == "naive") & found.estimates["bias"].notna()]
    naive = known.to_dict("records")
    if not naive:
        return "No population was studied to the end in any trial."
    worst = max(naive, key=lambda row: abs(row["bias"]))
    return (
        f"The naive estimate in {_the(worst['population'])} is off by {worst['bias']:+.3f} ± {worst['bias_se']:.3f} on "
        f"average (true effect {worst['truth']:.3g}); its 95 % interval covers the truth in "
        f"{percent(worst['coverage'], worst['coverage_se'])} of trials."
    )


def _the(populations: str) -> str:
    return f"the {in_words(populations)}" if populations in _USUAL else in_words(populations)
