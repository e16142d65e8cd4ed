"""The guard: may the population change on unblinded data, and is the planned analysis one that allows it."""

import streamlit as st

from ite.charts.number_words import percent_words, share_words
from ite.design.comparison.pooled_analysis import PooledError, pooled_error, require_adaptive_analysis
from ite.design.enrichment.spec import EnrichmentDesign
from ite.errors import DesignError
from pages.panels.design.enrichment_field import choice
from pages.ui.text import plain

_ANALYSES = {"closed test": "Closed test", "pooled": "Pooled analysis"}
_TRIALS = 20_000


def ask_analysis() -> tuple[bool, str]:
    """Draw the two questions of the guard and return the answers."""
    first, second = st.columns(2)
    with first:
        changes = choice(
            "May the population change on unblinded data?",
            "changes",
            "yes",
            {"yes": "Yes", "no": "No, it is fixed in advance"},
            "Yes if anything seen with treatment codes can change who is enrolled, or which population is tested.",
        )
    with second:
        analysis = choice(
            "Planned analysis",
            "analysis",
            "closed test",
            _ANALYSES,
            "Closed test: stages are combined with fixed weights and hypotheses tested together. Pooled: all patients "
            "in one test at the full level, as if nothing had been chosen.",
        )
    return changes == "yes", str(analysis)


def guarded(design: EnrichmentDesign, *, changes: bool, analysis: str) -> bool:
    """Say whether the planned analysis is valid; where it is not, say so with the error that it would make."""
    if not changes:
        st.info(
            "If the population is fixed in advance this is no adaptive trial: How many patients and Looks on the way "
            "plan it with less. The figures below assume that it may change.",
            icon=":material/info:",
        )
    try:
        require_adaptive_analysis(population_may_change=changes, analysis=analysis)
    except DesignError as reason:
        st.error(plain(f"{reason} {error_words(pooled_error(design, _TRIALS))}"), icon=":material/block:")
        return False
    return True


def error_words(found: PooledError) -> str:
    """Set the error of the pooled analysis beside that of the closed test."""
    return (
        f"With this design the pooled analysis would show a benefit that is not there in "
        f"{percent_words(found.pooled, found.pooled_se)} of trials, the closed test in "
        f"{percent_words(found.closed, found.closed_se)}, at a level of {share_words(found.alpha)} "
        f"({found.trials:,} simulated trials without any benefit)."
    )
