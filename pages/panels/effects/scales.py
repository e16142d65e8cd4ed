"""On which scale: the average as a difference, a ratio and in patients, and whether a finding hangs on the scale."""

from functools import partial

import streamlit as st

from ite.charts.effect_scales import drawable, scale_chart
from ite.charts.reading_scales import (
    competing_sentence,
    modification_differs,
    modification_sentence,
    scales_sentence,
    weights_sentence,
)
from ite.estimation.average_scales import average_on_scales
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.switch import switch
from pages.ui.text import plain

_HOW_TO_READ = """\
All rows come from the same scores: the mean outcome of everybody under each arm, had all been given it. A difference, \
a ratio and a number of patients are three ways to put those means side by side; none can be read off another without \
the risk under control.

Positive differences are benefit, whatever the coding. A ratio is treated over control of the outcome as it was \
measured, so which side of 1 is benefit depends on the outcome; each row says it. Ratios are drawn on a logarithmic \
axis, on which halving and doubling are equally far from 1.

An odds ratio is farther from 1 than the risk ratio unless the outcome is rare, and must not be read as one. Patients \
to treat are drawn where their risk difference lies: where an interval includes no difference, it passes through \
infinity.

When patients differ in their risk, an effect that is the same for everybody on one scale cannot be the same on \
another. "The effect differs between patients" is therefore a statement about a scale."""


def scales(analysed: Analysed) -> None:
    """Draw the average effect on a chosen scale."""
    trial, effects = analysed.trial, analysed.effects
    table = average_on_scales(trial, effects)
    names = tuple(str(scale) for scale in table["scale"].unique())
    scale = switch("Scale", names, f"scale-{trial.digest[:8]}")
    chart = partial(scale_chart, table, scale, analysed.unit, trial.arms)
    words = f"Table of the average effect on {len(names)} scales; {scale} is undefined."
    said = (
        f"{analysed.method} Delta method on the logarithm of ratios.",
        weights_sentence(effects),
        competing_sentence(trial),
    )
    block = ResultBlock(
        key="average-by-scale",
        title="The average effect on each scale",
        sentence=scales_sentence(table, scale, analysed.unit, trial.control),
        **(figure.drawn(chart) if drawable(table, scale) else {"chart": None, "alt": words}),
        data=table,
        method=" ".join(filter(None, said)),
        code=estimate_code(
            analysed.source,
            trial.roles,
            effects.spec,
            shown="ite.estimation.average_scales.average_on_scales(trial, effects)",
        ),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "scales")


def modification(analysed: Analysed) -> None:
    """Say whether effect modification depends on the scale."""
    st.subheader("Does a finding hang on the scale?", anchor=False)
    sentence = plain(modification_sentence(analysed.evidence, analysed.arm))
    if modification_differs(analysed.evidence, analysed.arm):
        st.warning(sentence, icon=":material/balance:")
    else:
        st.markdown(sentence)
