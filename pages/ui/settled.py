"""How settled the effects behind a page are: final, a preview, or those of earlier settings."""

import streamlit as st

from ite.estimation.default_learner import LARGEST_FOREST_TRIAL
from pages.ui import fit, state
from pages.ui.text import plain


def say() -> None:
    """Say whether these are the final effects, the preview, or those of earlier settings."""
    study = state.load()
    if study.status("effects") == "stale":
        st.warning(
            "These results belong to earlier settings. The new fit replaces them."
            if fit.is_running()
            else "These results belong to earlier settings. Press Fit with these in the sidebar to renew them.",
            icon=":material/sync_problem:",
        )
    elif study.preview:
        st.info(
            "Preview from the fast learner. The default analysis is running and will replace it."
            if fit.is_running()
            else "Preview from the fast learner; the default analysis did not finish.",
            icon=":material/hourglass_top:",
        )
    elif study.trial is not None and study.trial.n > LARGEST_FOREST_TRIAL and fit.asked().learner == "auto":
        st.caption(f"More than {LARGEST_FOREST_TRIAL:,} patients: the fast learner is the default here.")
    if study.plan is not None:
        st.caption(plain(study.plan.in_words()))
    for entry in study.log:
        st.caption(plain(entry))
