"""The sentences that go with the tables of an adaptive enrichment design: a result in, words out."""

import math

from ite.charts.design_tables import SCALES
from ite.charts.number_words import measured, percent_words
from ite.design.enrichment.operating import OperatingCharacteristics
from pages.panels.design.enrichment_reading import figure_of, screening_words, size_words, the


def figures_sentence(found: OperatingCharacteristics) -> str:
    """Name the average size against the planned one, and say why a figure is a dash."""
    planned = f"{found.design.cumulative_sizes[-1]:,.0f} planned"
    words = f"{size_words(found)} on average, of {planned}{screening_words(found)}."
    if math.isnan(figure_of(found, "family_wise_error")[0]):
        words += (
            " The family-wise error is a dash because every population holds patients who benefit: no rejection counts "
            "as an error."
        )
    if math.isnan(figure_of(found, "expected_candidates")[0]):
        words += " Candidates are a dash because the sizes count events, and the patients behind them are not given."
    return words


def selection_sentence(found: OperatingCharacteristics) -> str:
    """Set joint and conditional probabilities of one population side by side."""
    row = found.continues.to_dict("records")[-1]
    if math.isnan(row["conditional"]):
        return f"No trial reaches stage {row['stage']}, so that a share of those that do is a dash."
    joint, conditional = (percent_words(row[kind], row[f"{kind}_se"]) for kind in ("joint", "conditional"))
    return (
        f"Stage {row['stage']} studies {the(row['population'])} in {joint} of all trials, which is {conditional} of "
        "those that reach it."
    )


def bias_sentence(found: OperatingCharacteristics) -> str:
    """Name the largest bias of the naive estimate."""
    known = found.estimates[(found.estimates["method"] == "naive") & found.estimates["bias"].notna()]
    naive = known.to_dict("records")
    if not naive:
        return "No population was studied to the end in any trial, so that nothing can be said of its estimate."
    worst = max(naive, key=lambda row: abs(row["bias"]))
    unit, factor = SCALES[found.design.scenario.outcome.kind]
    off = measured(factor * worst["bias"], factor * worst["bias_se"])
    return (
        f"The naive estimate in {the(worst['population'])} is off by {off} on average, where the truth is "
        f"{measured(factor * worst['truth'], None)} ({unit}); its 95 % interval covers the truth in "
        f"{percent_words(worst['coverage'], worst['coverage_se'])} of trials. A shrunken estimate has no interval: a "
        "dash."
    )
