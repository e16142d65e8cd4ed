"""Does the average hang on how missing outcomes are treated: weighted, imputed and left out, side by side."""

import streamlit as st

from ite.charts.reading_missing import missing_sentence
from ite.errors import EstimateError
from ite.estimation.missing_outcomes import IMPUTATIONS, missing_outcome_sensitivity
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.once import once
from pages.ui.text import plain

_TITLE = "Does it hang on the missing outcomes?"
_HOW_TO_READ = """\
The first row is the effect used everywhere else in this session: patients whose outcome is known count for those like \
them, by arm and covariates, whose outcome is not. The second fills each missing outcome in from patients of the same \
arm, many times over, and adds what the filled-in values leave open to the interval. The third leaves patients without \
an outcome away and compares the rest as they are.

The first two rest on one assumption: that patients of an arm who have the same covariates are equally likely to lack \
their outcome, whatever it would have been. They should agree. Complete cases need more than that, so when they differ \
from the others, they are the ones to doubt.

None of the three answers for patients who lack an outcome because they fared badly. No analysis of these data can; \
only what is known about why outcomes are missing does.

This is shown to see how firm the result is. It never changes which of the three is used."""


def missing(analysed: Analysed) -> None:
    """Draw the average effect by how missing outcomes are treated; where none is missing, say so."""
    trial, effects = analysed.trial, analysed.effects
    of = (trial.digest, effects.spec.model_dump_json())
    try:
        table = once("missing-outcomes", of, lambda: missing_outcome_sensitivity(trial, effects))
    except EstimateError as error:
        st.header(_TITLE, anchor=False)
        st.info(plain(error), icon=":material/info:")
        return

    lacking = int(trial.outcome_missing.sum())
    block = ResultBlock(
        key="missing-outcomes",
        title=_TITLE,
        sentence=missing_sentence(table, analysed.unit, analysed.arm),
        alt=f"Table of the average effect of {len(trial.treated_arms)} arms by three ways to treat missing outcomes.",
        data=table,
        method=f"{analysed.method} {lacking:,} without an outcome; {IMPUTATIONS} imputations within arms, Rubin's "
        "rules with the degrees of freedom of Barnard and Rubin.",
        code=estimate_code(
            analysed.source,
            trial.roles,
            effects.spec,
            shown="ite.estimation.missing_outcomes.missing_outcome_sensitivity(trial, effects)",
        ),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "missing")
