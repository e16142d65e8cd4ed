"""How the effect changes with each covariate while the others stay the same."""

from functools import partial

import streamlit as st

from ite.charts.evidence_rows import projection_chart
from ite.charts.reading_evidence import projection_sentence
from ite.evaluation.linear_projection import linear_projection
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.attempt import attempt

_AT_FIRST = 6
_TITLE = "How does the effect change with each covariate?"
_HOW_TO_READ = """\
Each row is the change in the effect that goes along with a covariate while the others named stay the same: per \
standard deviation of a number (in brackets), or from the most frequent level to another. The bars hold for all rows \
together with 95 % confidence.

This is the straight-line summary of the effects, right as a summary even where the effect does not change in a \
straight line. No learner is involved.

Name covariates for what is known of them. Naming those that stand out on this page would make the bars too narrow."""


def projection(analysed: Analysed) -> None:
    """Draw the linear projection of the effect on covariates that the user names."""
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    st.header(_TITLE, anchor=False)
    names = list(trial.roles.covariates)
    named = st.multiselect(
        "Covariates",
        names,
        default=names[:_AT_FIRST],
        key=f"projection-{trial.digest[:8]}",
        persist_state="session",
        help="At first those that were named first when the columns were given their parts.",
    )
    place = f"projection-{trial.digest}-{effects.spec.model_dump_json()}-{arm}"
    found = attempt(place, lambda: (tuple(named), linear_projection(trial, effects, arm, tuple(named))))
    if found is None:
        return
    covariates, table = found

    block = ResultBlock(
        key="linear-projection",
        title=f"Linear projection of the effect of {arm}",
        sentence=projection_sentence(table, analysed.unit),
        **figure.drawn(partial(projection_chart, table, arm, trial.arms, effects.scale)),
        data=table,
        method=f"{analysed.method} Least squares of the scores, {_errors(analysed)}; simultaneous 95 % intervals.",
        code=estimate_code(
            analysed.source,
            trial.roles,
            effects.spec,
            shown=f"ite.evaluation.linear_projection.linear_projection(trial, effects, {literal(arm)}, "
            f"{literal(covariates)})",
        ),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "projection")


def _errors(analysed: Analysed) -> str:
    return "HC3 errors" if analysed.effects.cluster is None else "cluster-robust errors"
