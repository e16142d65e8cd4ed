"""Who is ranked first, and who last: their covariates."""

from functools import partial

import streamlit as st

from ite.charts.evidence_rows import profile_chart
from ite.charts.reading import NO_RANKING
from ite.charts.reading_evidence import profile_sentence
from ite.evaluation.fifth_profile import fifth_profile
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from pages.ui import figure
from pages.ui.analysed import Analysed

_TITLE = "Who is in the top fifth, and who in the bottom fifth?"
_HOW_TO_READ = """\
Each row compares the fifth of patients with most predicted benefit with the fifth with least: the two means (or \
shares of a level) stand above the bar, and the bar is their difference in standard deviations, with an interval that \
holds for all rows together.

The rows describe whom the model ranks first. Covariates that travel together differ together, and one that the model \
ignores may still differ.

Whether those ranked first do gain more is another question: see "Does the ranking hold up?"."""


def profile(analysed: Analysed) -> None:
    """Draw the covariates that set the outer fifths apart."""
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    table = fifth_profile(trial, effects, arm)
    if table.empty:
        st.header(_TITLE, anchor=False)
        st.info(NO_RANKING, icon=":material/info:")
        return

    block = ResultBlock(
        key="fifth-profile",
        title=_TITLE,
        sentence=profile_sentence(table),
        **figure.drawn(partial(profile_chart, table, arm, trial.arms)),
        data=table,
        method=f"{analysed.method} Classification analysis (CLAN) on sequential folds; simultaneous 95 % intervals.",
        code=estimate_code(
            analysed.source,
            trial.roles,
            effects.spec,
            shown=f"ite.evaluation.fifth_profile.fifth_profile(trial, effects, {literal(arm)})",
        ),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "profile")
