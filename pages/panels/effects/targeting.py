"""Does treating the patients with most predicted benefit first pay off."""

from functools import partial

import streamlit as st

from ite.charts.evidence import targeting_chart, targeting_frame, toc_chart
from ite.charts.reading import NO_RANKING, autoc_sentence, has_ranking, targeting_sentence
from ite.report.block import ResultBlock
from ite.report.code import evidence_code
from ite.report.literal import literal
from pages.ui import figure
from pages.ui.analysed import Analysed

_CURVE = """\
Line up the patients from most to least predicted benefit. At each share on the horizontal axis, the curve is the \
average effect of those patients minus the average effect of all. It ends at zero, where everybody is treated.

A curve that starts high and falls says that the ranking finds patients who benefit more. A flat curve says that the \
ranking does no better than drawing lots. The band holds the whole curve at once with 95 % confidence; where it covers \
the dashed line, chance explains the height.

The curve is built from patients that the ranking model had not seen."""
_SUMMARY = """\
AUTOC and Qini put the height of the targeting curve into one number each. AUTOC gives most weight to the patients \
ranked first, so it sees a small group with a large benefit; Qini weighs all shares alike, so it sees a broad trend.

An interval above zero means that ranking patients is useful. These numbers do not change the verdict."""


def targeting(analysed: Analysed) -> None:
    """Draw the targeting curve with its band, and its two summaries."""
    if not has_ranking(analysed.evidence, analysed.arm):
        st.header("Does treating the top-ranked patients first pay off?", anchor=False)
        st.info(NO_RANKING, icon=":material/info:")
        return
    _curve(analysed)
    _summary(analysed)


def _curve(analysed: Analysed) -> None:
    evidence, arm, scale = analysed.evidence, analysed.arm, analysed.effects.scale

    block = ResultBlock(
        key="targeting-curve",
        title="Does treating the top-ranked patients first pay off?",
        sentence=targeting_sentence(analysed.effects, evidence, arm),
        **figure.drawn(partial(toc_chart, evidence, arm, analysed.trial.arms, scale)),
        data=evidence.toc[evidence.toc["arm"] == arm],
        method=f"{analysed.method} Targeting operator characteristic on sequential folds, simultaneous 95 % band.",
        code=evidence_code(analysed.source, analysed.trial.roles, analysed.effects.spec, shown="evidence.toc"),
        how_to_read=_CURVE,
        provenance=analysed.provenance(),
    )
    figure.show(block, "toc")


def _summary(analysed: Analysed) -> None:
    evidence, arm, scale = analysed.evidence, analysed.arm, analysed.effects.scale

    block = ResultBlock(
        key="targeting-gain",
        title="The gain from targeting in one number",
        sentence=autoc_sentence(analysed.effects, evidence, arm),
        **figure.drawn(partial(targeting_chart, evidence, arm, analysed.trial.arms, scale)),
        data=targeting_frame(evidence, arm),
        method=f"{analysed.method} Sequential folds, 95 % intervals.",
        code=evidence_code(
            analysed.source,
            analysed.trial.roles,
            analysed.effects.spec,
            shown=f"ite.charts.evidence.targeting_frame(evidence, {literal(arm)})",
        ),
        how_to_read=_SUMMARY,
        provenance=analysed.provenance(),
    )
    figure.show(block, "autoc")
