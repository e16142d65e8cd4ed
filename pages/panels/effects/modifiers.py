"""Which covariates go along with the effect."""

from functools import partial

import streamlit as st

from ite.charts.effects import modifiers_chart
from ite.charts.reading import NO_COVARIATE, modifiers_sentence
from ite.report.block import ResultBlock
from ite.report.code import evidence_code
from pages.ui import figure
from pages.ui.analysed import Analysed

_TITLE = "Which covariates go along with the effect"
_HOW_TO_READ = """\
Each bar says how strongly a covariate goes along with the effect: its largest association, in standard errors. The \
p-value beside it allows for all the covariates looked at and, where there are several treated arms, for all of those; \
it belongs to the same test as the verdict.

A long bar marks a covariate worth testing in the next trial. It is not a cause: covariates that travel together share \
their bars.

No learner is involved, so this ranking does not depend on the model chosen in the settings."""


def modifiers(analysed: Analysed) -> None:
    """Draw the covariates by strength of association with the effect."""
    evidence, arm = analysed.evidence, analysed.arm
    own = evidence.modifiers[evidence.modifiers["arm"] == arm].sort_values("ranked")
    if not own["strength"].notna().any():
        st.header(_TITLE, anchor=False)
        st.info(NO_COVARIATE, icon=":material/info:")
        return

    block = ResultBlock(
        key="modifiers",
        title=_TITLE,
        sentence=modifiers_sentence(evidence, arm),
        **figure.drawn(partial(modifiers_chart, evidence, arm, analysed.trial.arms)),
        data=own,
        method=f"{analysed.method} Largest studentised association of each covariate; "
        "p-values adjusted for all covariates and arms.",
        code=evidence_code(analysed.source, analysed.trial.roles, analysed.effects.spec, shown="evidence.modifiers"),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "modifiers")
