"""Are the predictions right: predicted against observed benefit."""

from functools import partial

import streamlit as st

from ite.charts.evidence import calibration_chart
from ite.charts.reading import NO_FIFTHS, NO_RANKING, has_fifths, has_ranking, slope_sentence
from ite.report.block import ResultBlock
from ite.report.code import evidence_code
from pages.ui import figure
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
Patients are put into fifths by predicted benefit, before shrinkage. Each point compares what was predicted for a \
fifth with what was observed in it; the bar is a 95 % interval. Points on the dashed line are right.

Points that rise less steeply than the line mean that the model exaggerates the differences, which is common at trial \
size and is the reason for the shrinkage. Points without a trend mean that the predictions say nothing.

The slope and its interval come from patients that the models had not seen. The points are descriptive."""


def calibration(analysed: Analysed) -> None:
    """Draw the calibration by fifths of predicted benefit."""
    if not has_fifths(analysed.evidence, analysed.arm):
        st.header("Are the predictions right?", anchor=False)
        reason = NO_FIFTHS if has_ranking(analysed.evidence, analysed.arm) else NO_RANKING
        st.info(reason, icon=":material/info:")
        return
    evidence, arm, scale = analysed.evidence, analysed.arm, analysed.effects.scale

    block = ResultBlock(
        key="calibration",
        title="Are the predictions right?",
        sentence=slope_sentence(evidence, arm),
        **figure.drawn(partial(calibration_chart, evidence, arm, analysed.trial.arms, scale)),
        data=evidence.calibration[evidence.calibration["arm"] == arm],
        method=f"{analysed.method} Unshrunk predictions by fifths; slope from sequential folds.",
        code=evidence_code(analysed.source, analysed.trial.roles, analysed.effects.spec, shown="evidence.calibration"),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "calibration")
