"""The error map: what the design's level is under every truth without benefit, measured in one click."""

from functools import partial

import streamlit as st

from ite.charts.design_error_map import error_map_chart
from ite.charts.design_tables import SCALES, worded, worst_errors_in_words
from ite.charts.number_words import share_words
from ite.design.comparison.error_map import ErrorMap, error_map
from ite.report.block import ResultBlock
from ite.report.enrichment_code import comparison_code
from ite.report.enrichment_file import EnrichmentFile
from pages.ui import figure, jobs, origin, state

_JOB, _ASKED = "error-map", "error-map-asked"
_HOW_TO_READ = """\
Every square is one truth: an effect in the subgroup and an effect outside it. Only truths in which some population \
has no benefit are drawn, because only there a rejection is an error. The stronger the colour, the more often a \
population without benefit is rejected. Circles on the edge are truths in which the full population has exactly none; \
a triangle stands for one further down.

The five worst squares are numbered and simulated again with a million fresh trials each, because the largest of many \
figures is large by chance too. The limits in the table are exact, at 99 % for all five together. The level is kept if \
no lower limit is above it."""


def error_map_of(asked: EnrichmentFile) -> None:
    """Draw the button that measures the error map of a design, then its progress, then the map."""
    st.header("Type-I error: does the design keep its level, whatever is true?", anchor=False)
    if st.button("Measure the error map", key="error-map", icon=":material/grid_on:"):
        jobs.forget(_JOB)
        state.remember(_ASKED, asked)
    of = state.recall(_ASKED)
    if not isinstance(of, EnrichmentFile):
        st.caption(
            "Sweeps up to 441 truths in a worker and measures the worst five again with a million trials each: about a "
            "minute."
        )
        return
    found = jobs.run(_JOB, error_map, of.tested).result
    if isinstance(found, ErrorMap):
        if of != asked:
            st.warning("This map belongs to earlier settings. Measure it again.", icon=":material/sync_problem:")
        _map(of, found)
        _worst(of, found)


def _map(asked: EnrichmentFile, found: ErrorMap) -> None:
    # A map has two axes; with more strata the table is the figure.
    mapped = len(found.design.scenario.strata) == 2
    in_words = "Table of the family-wise error at each truth."
    block = ResultBlock(
        key="error-map",
        title="The level is kept at every truth" if found.held else "The level is broken at some truths",
        sentence=_sentence(found),
        **(figure.drawn(partial(error_map_chart, found)) if mapped else figure.Figure(chart=None, alt=in_words)),
        data=worded(found.grid),
        method=f"{len(found.grid)} truths, {found.trials:,} simulated trials each, seed {found.seed}.",
        code=comparison_code(_measured(asked, found), "error_map", "found.grid"),
        how_to_read=_HOW_TO_READ,
        provenance=origin.typed(asked, seed=found.seed),
    )
    figure.show(block, "error-map-grid")


def _worst(asked: EnrichmentFile, found: ErrorMap) -> None:
    again = int(found.worst["trials"].iloc[0])
    block = ResultBlock(
        key="error-map-worst",
        title="The worst truths, measured again",
        sentence=f"Fresh seeds and {again:,} trials for each of the {len(found.worst)} truths that looked worst, "
        f"numbered as on the map. Effects: {SCALES[asked.design.scenario.outcome.kind][0]}.",
        alt=f"Table of the {len(found.worst)} truths with the largest error. {_sentence(found)}",
        data=worst_errors_in_words(found),
        method=f"{again:,} simulated trials each; exact binomial limits, 99 % after Bonferroni over the truths.",
        code=comparison_code(
            _measured(asked, found), "error_map", "ite.charts.design_tables.worst_errors_in_words(found)"
        ),
        how_to_read=_HOW_TO_READ,
        provenance=origin.typed(asked, seed=found.seed),
    )
    figure.show(block, block.key)


def _measured(asked: EnrichmentFile, found: ErrorMap) -> EnrichmentFile:
    """Return the design with the trials and the seed of the map."""
    return asked.model_copy(update={"trials": found.trials, "seed": found.seed})


def _sentence(found: ErrorMap) -> str:
    top = found.worst.to_dict("records")[0]
    level = share_words(found.design.boundary.alpha)
    verdict = "no truth is shown to exceed" if found.held else "that exceeds"
    return (
        f"The worst truth found rejects a population without benefit in {100 * top['error']:.2f} % of trials (99 % "
        f"limits {100 * top['lower']:.2f} to {100 * top['upper']:.2f} %); {verdict} the level of {level}."
    )
