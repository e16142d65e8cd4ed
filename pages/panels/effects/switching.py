"""What treatment does to survival, had no control switched to it."""

import streamlit as st

from ite.charts.reading_switching import switching_sentence
from ite.errors import ValuationError
from ite.report.block import ResultBlock
from ite.report.code import trial_code
from ite.report.literal import literal
from ite.value.switching import switch_adjusted
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.text import plain

_HOW_TO_READ = """\
A control who switches has the treatment too, so that the arms as they were drawn show less than the treatment does. \
Here each patient's time is turned back into the time without treatment, by a factor for the time under it, and the \
factor is sought at which both arms have the same untreated times, as they must since patients were drawn at random.

The test of this factor is as sure as that of the arms as drawn: adjusting cannot turn a trial that shows nothing into \
one that does. It assumes nothing about why patients switched, but that treatment stretches time by one factor for \
everybody, whenever it begins, and that all could be followed as long as the patient followed longest."""


def switching(analysed: Analysed) -> None:
    """Draw the effect on time adjusted for switching; nothing where no role says who switched."""
    if analysed.trial.roles.switch_time is None:
        return
    trial, arm = analysed.trial, analysed.arm
    title = f"What would {arm} do to survival, had no control switched to it?"
    try:
        found = switch_adjusted(trial, arm)
    except ValuationError as error:
        st.header(plain(title), anchor=False)
        st.info(plain(error), icon=":material/info:")
        return
    figure.show(
        ResultBlock(
            key="switching",
            title=title,
            sentence=switching_sentence(found, arm),
            chart=None,
            alt="Factor by which treatment stretches the time to the event, with its interval",
            data=found.frame,
            method=f"n = {trial.n:,}. Rank-preserving structural failure time model: g-estimation by the log-rank "
            "test, with recensoring.",
            code=trial_code(
                analysed.source, trial.roles, f"ite.value.switching.switch_adjusted(trial, {literal(arm)}).frame"
            ),
            how_to_read=_HOW_TO_READ,
            provenance=analysed.provenance(),
        ),
        "switching",
    )
