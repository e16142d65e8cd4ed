"""How far the session is, step by step."""

import streamlit as st

from ite.study import STEPS, Step
from pages.ui import state
from pages.ui.sidebar import mark

QUESTIONS: dict[Step, str] = {
    "data": "Is the trial ready to be analysed?",
    "effects": "Does the effect differ, and who benefits?",
    "subgroups": "Which patients, by which biomarker?",
    "allocation": "Who should get it, and what does fairness cost?",
}


def steps() -> None:
    """Draw the steps in their order, each with its question, its status and the way there."""
    study = state.load()
    st.header("The way through", anchor=False)
    for column, step in zip(st.columns(len(STEPS), gap="medium"), STEPS, strict=True):
        with column:
            st.page_link(f"pages/{step}.py", label=f"{STEPS.index(step) + 1}. {step.capitalize()}")
            st.markdown(QUESTIONS[step])
            st.caption(mark(study, step))
