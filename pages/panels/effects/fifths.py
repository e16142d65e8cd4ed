"""Do those ranked first gain more, fifth by fifth, and how much do effects differ at least."""

from functools import partial

import streamlit as st

from ite.charts.evidence_rows import fifths_chart
from ite.charts.reading import NO_RANKING
from ite.charts.reading_evidence import fifths_sentence, least_spread_sentence
from ite.evaluation.held_out_fifths import effects_by_fifth
from ite.evaluation.least_spread import least_spread, least_spread_by_arm
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from pages.ui import figure
from pages.ui.analysed import Analysed

_TITLE = "Do those ranked first gain more?"
_FIFTHS = """\
Patients are cut into fifths by predicted benefit. Each row is the average effect of one fifth, from patients that the \
ranking model had not seen; the bar is its 95 % interval, and the last row compares the outer fifths.

The effects need not rise from fifth to fifth: nothing forces them to, so a fall is something the data say.

With a fifth of the patients in each row the bars are wide. Read the last row before any single fifth; it does not \
change the verdict."""
_LEAST = """\
Effects are never seen in single patients, so their spread cannot be measured, but it can be bounded. What a ranking \
explains of the effects can only be a part of how much they differ.

"explained" is the standard deviation of effects that this ranking accounts for in patients it had not seen; "lower" \
is the bound that holds with 95 % confidence. A better ranking could find more.

A bound of 0 does not say that all effects are equal. It says that these data do not rule it out."""


def fifths(analysed: Analysed) -> None:
    """Draw the effect by fifth of predicted benefit."""
    effects, arm = analysed.effects, analysed.arm
    table = effects_by_fifth(effects, arm)
    if table.empty:
        st.header(_TITLE, anchor=False)
        st.info(NO_RANKING, icon=":material/info:")
        return

    block = ResultBlock(
        key="effect-by-fifth",
        title=_TITLE,
        sentence=fifths_sentence(table, analysed.unit),
        **figure.drawn(partial(fifths_chart, table, arm, analysed.trial.arms, effects.scale)),
        data=table,
        method=f"{analysed.method} Sorted group effects (GATES) on sequential folds; each interval 95 % by itself.",
        code=estimate_code(
            analysed.source,
            analysed.trial.roles,
            effects.spec,
            shown=f"ite.evaluation.held_out_fifths.effects_by_fifth(effects, {literal(arm)})",
        ),
        how_to_read=_FIFTHS,
        provenance=analysed.provenance(),
    )
    figure.show(block, "fifths")


def least(analysed: Analysed) -> None:
    """Draw the lower bound of the spread of effects."""
    found = least_spread(analysed.effects, analysed.arm)
    table = least_spread_by_arm(analysed.effects)

    block = ResultBlock(
        key="least-spread",
        title="How much do effects differ at least?",
        sentence=least_spread_sentence(found, analysed.unit),
        alt="Table of the standard deviation of effects that the ranking explains, with its 95 % lower bound.",
        data=table,
        method=f"{analysed.method} Covariance of scores and standardised predictions on sequential folds; one-sided.",
        code=estimate_code(
            analysed.source,
            analysed.trial.roles,
            analysed.effects.spec,
            shown="ite.evaluation.least_spread.least_spread_by_arm(effects)",
        ),
        how_to_read=_LEAST,
        provenance=analysed.provenance(),
    )
    figure.show(block, "least-spread")
