"""Taking a trial into the session, from a sample, a link or a file, and letting it go."""

import streamlit as st

from ite.study import with_trial
from ite.trial.data import TrialData
from pages.ui import cache, jobs, state
from pages.ui.route import SAMPLE


def use_trial(trial: TrialData, *, sample: str | None = None) -> None:
    """Make a trial the session's own: running fits of another one stop, settings return to their defaults."""
    if (before := state.load().trial) is None or before.digest != trial.digest:
        jobs.forget()
        state.reset_settings()
    state.save(with_trial(state.load(), trial, sample=sample))


def open_sample(key: str) -> None:
    """Open a sample trial; the sidebar of the next run starts its fit, with the settings it shows."""
    use_trial(cache.sample(key), sample=key)


def restore() -> None:
    """Bring back the sample a link names, where the session is still empty; keep the link true otherwise."""
    study = state.load()
    named = st.query_params.get(SAMPLE)
    if study.trial is None and named in cache.sample_keys():
        trial = cache.sample(str(named))
        state.save(with_trial(study, trial, sample=named))
    elif study.sample is not None and named != study.sample:
        st.query_params[SAMPLE] = study.sample
    elif study.sample is None and named is not None:
        del st.query_params[SAMPLE]


def unload() -> None:
    """Let the trial go, with its fits, results and settings."""
    jobs.forget()
    state.clear()
    st.query_params.pop(SAMPLE, None)  # the settings leave the link with their inputs
