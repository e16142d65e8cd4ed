"""How predicted benefit is spread over patients."""

from functools import partial

import streamlit as st

from ite.charts.effects import average_effect_chart, benefit_bins, benefit_histogram
from ite.charts.reading import common_effect_sentence, spread_sentence
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from pages.ui import figure
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
Each bar counts patients by their predicted benefit. A prediction is the average effect of patients like this one, \
never what will happen to this one. Every patient is predicted by a model that did not see them.

The spread is shrunk to the part that held-out patients support, so it is narrower than what the model alone would \
claim. The dashed line is the overall effect; the solid line is no effect.

Another learner would draw another histogram. Claims about groups should rest on the observed effects further down."""
_COMMON = """\
Predictions for single patients are only worth showing when patients that the model has not seen confirm them. Here \
they do not, so everybody is given the same prediction: the overall effect.

This does not prove that everybody benefits equally. It says that this trial cannot tell who benefits more."""


def spread(analysed: Analysed) -> None:
    """Draw the histogram of predicted benefit, or say that the data support one common effect."""
    factor = float(analysed.effects.factor.to_dict()[analysed.arm])
    if factor == 0:
        _common_effect(analysed)
        return
    effects, arm = analysed.effects, analysed.arm

    block = ResultBlock(
        key="predicted-benefit",
        title=f"Predicted benefit of {arm}",
        sentence=spread_sentence(effects, analysed.evidence, arm),
        **figure.drawn(partial(benefit_histogram, effects, arm, analysed.trial.arms)),
        data=benefit_bins(effects, arm).rename(columns={"value": "lower"}),
        method=f"{analysed.method} Out-of-fold predictions, shrunk by the factor {factor:.2f}.",
        code=estimate_code(analysed.source, analysed.trial.roles, effects.spec, shown=_bins(arm)),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "spread")


def _bins(arm: str) -> str:
    return f"ite.charts.effects.benefit_bins(effects, {literal(arm)})"


def _common_effect(analysed: Analysed) -> None:
    effects, trial, arm = analysed.effects, analysed.trial, analysed.arm

    block = ResultBlock(
        key="common-effect",
        title="The data support one common effect",
        sentence=common_effect_sentence(effects, arm),
        **figure.drawn(partial(average_effect_chart, effects, trial.arms, only=arm)),
        data=effects.ate.loc[[arm]].rename_axis("arm").reset_index(),
        method=f"{analysed.method} Share of the predicted spread that held-out patients support: 0.",
        code=estimate_code(analysed.source, trial.roles, effects.spec),
        how_to_read=_COMMON,
        provenance=analysed.provenance(),
    )
    figure.show(block, "common")
    st.page_link("pages/subgroups.py", label="Look at the effect along a biomarker instead", icon=":material/groups:")
