"""How strong a confounder that nobody measured would have to be: for observational data."""

import streamlit as st

from ite.charts.reading_confounding import e_value_sentence
from ite.errors import ValuationError
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from ite.value.hidden_confounding import hidden_confounding
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.text import plain

_E_VALUE = """\
The table says, for a confounder that makes treatment so many times as likely (with treatment), how many times as \
likely it would have to make the outcome (with outcome) to explain the estimate away, and to move the interval to 1. \
The E-value is the pair in which both are equal.

Compare it with the strongest covariates that were measured: a confounder as strong as those is thinkable, one much \
stronger less so. A small E-value does not show that there is confounding, nor a large one that there is none."""


def hidden_confounder(analysed: Analysed) -> None:
    """Draw the E-value of the average effect; nothing where treatment was drawn."""
    if analysed.trial.roles.design != "observational":
        return
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    title = "How strong would a confounder that nobody measured have to be?"
    try:
        found = hidden_confounding(trial, effects, arm)
    except ValuationError as error:
        st.header(title, anchor=False)
        st.info(plain(error), icon=":material/info:")
        return
    asked = f"ite.value.hidden_confounding.hidden_confounding(trial, effects, {literal(arm)}).strength"
    figure.show(
        ResultBlock(
            key="e-value",
            title=title,
            sentence=e_value_sentence(found, trial.control),
            chart=None,
            alt="Pairs of risk ratios of a confounder with treatment and with the outcome that explain the effect away",
            data=found.strength,
            method=f"{analysed.method} E-value of VanderWeele and Ding (2017).",
            code=estimate_code(analysed.source, trial.roles, effects.spec, shown=asked),
            how_to_read=_E_VALUE,
            provenance=analysed.provenance(),
        ),
        "e-value",
    )
