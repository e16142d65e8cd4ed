"""What the trial is asked and what is expected, written down before looking."""

from datetime import UTC, datetime

import streamlit as st

from ite.errors import IteError
from ite.study import with_plan
from ite.trial.data import TrialData
from ite.trial.plan import LONGEST_QUESTION, AnalysisPlan
from pages.ui import state
from pages.ui.text import plain

_EXPLAINED = """\
Whoever looks at many covariates finds some that seem to matter. What was expected beforehand weighs more than what \
turned up, so write it down now: the record carries its time, and whether effects had been seen by then. The verdict \
on the Effects page does not depend on it."""


def plan(trial: TrialData) -> None:
    """Draw the plan that was recorded, or the form to record one."""
    study = state.load()
    title = "Plan: recorded" if study.plan else "Plan: what is asked, before looking"
    with st.expander(title, icon=":material/edit_note:", expanded=False):
        if study.plan is not None:
            st.markdown(f"**{plain(study.plan.in_words())}**")
            st.markdown(plain(study.plan.question))
        st.caption(_EXPLAINED)
        place = trial.digest[:8]
        question = st.text_area("What is asked", key=f"plan-question-{place}", max_chars=LONGEST_QUESTION, height=80)
        modifiers = st.multiselect(
            "Expected effect modifiers",
            list(trial.roles.covariates),
            key=f"plan-modifiers-{place}",
            help="Covariates that were expected to go along with a larger or smaller effect. None: an open search.",
        )
        if st.button("Record the plan" if study.plan is None else "Record a changed plan", key="plan-record"):
            _record(trial, question or "", tuple(modifiers))


def _record(trial: TrialData, question: str, modifiers: tuple[str, ...]) -> None:
    study = state.load()
    try:
        made = AnalysisPlan(
            question=question,
            modifiers=modifiers,
            recorded=datetime.now(tz=UTC).replace(microsecond=0),
            before_effects=study.effects is None,
        ).of(trial)
    except IteError as error:
        st.error(plain(error), icon=":material/error:")
        return
    state.save(with_plan(study, made))
    st.rerun()
