"""Which covariates tell the outcome, which tell the effect."""

from functools import partial

import streamlit as st

from ite.charts.evidence_map import map_chart
from ite.charts.reading import NO_COVARIATE
from ite.charts.reading_evidence import map_sentence
from ite.errors import IteError
from ite.evaluation import covariate_map as engine
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.once import once

_TITLE = "Which covariates tell the outcome, and which the effect?"
_HOW_TO_READ = """\
To the right stand covariates that go along with the outcome of patients under control: prognostic factors, useful to \
know who is at risk. Upwards stand those that go along with the effect: effect modifiers, useful to know whom to treat.

Both axes are the largest association, in standard errors. All points lie within a shaded band in 95 of 100 trials \
in which no covariate tells anything on that axis. A point outside both bands tells both.

A prognostic factor is easily taken for an effect modifier: chance that makes a covariate look prognostic also makes \
it look like a modifier of the opposite sign. Neither axis is about causes. The bands are those of one arm."""


def covariate_map(analysed: Analysed) -> None:
    """Draw the map of covariates."""
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    of = (trial.digest, effects.spec.model_dump_json(), arm)
    try:
        table = once("covariate-map", of, lambda: engine.covariate_map(trial, effects, arm))
    except IteError:
        table = None
    if table is None or table["kind"].isna().all():
        st.header(_TITLE, anchor=False)
        st.info(NO_COVARIATE, icon=":material/info:")
        return

    block = ResultBlock(
        key="covariate-map",
        title=_TITLE,
        sentence=map_sentence(table),
        **figure.drawn(partial(map_chart, table, arm, trial.arms)),
        data=table,
        method=f"{analysed.method} Largest studentised association with scores under control and with scores of the "
        "effect; bands by sign-flips.",
        code=estimate_code(
            analysed.source,
            trial.roles,
            effects.spec,
            shown=f"ite.evaluation.covariate_map.covariate_map(trial, effects, {literal(arm)})",
        ),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "covariate-map")
