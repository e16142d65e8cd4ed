"""What is computed once and asked for on every run: the only module that uses Streamlit's caches.

Results of patient data are cached for the session that holds them, never across sessions, and within a bound.
"""

import pandas as pd
import streamlit as st

from ite.trial.checks import IntakeReport, check_trial
from ite.trial.data import TrialData
from ite.trial.guess import guess_roles
from ite.trial.outcome import OutcomeSummary, describe_outcome
from ite.trial.reading import read_table
from ite.trial.samples import SAMPLES, load_sample
from ite.trial.survival import default_horizon
from ite.trial.table import Table
from ite.trial.table_one import TableOne, table_one
from pages.ui.parts import Draft, draft_from_guess

_LARGEST = "200 MB"


@st.cache_data(max_entries=len(SAMPLES), show_spinner=False)
def sample(key: str) -> TrialData:
    """Return a sample trial: public data, the same for every session."""
    return load_sample(key)


def sample_keys() -> tuple[str, ...]:
    """Keys of the sample trials, in their order."""
    return tuple(item.key for item in SAMPLES)


def intake(trial: TrialData) -> IntakeReport:
    """Return the intake report of a trial."""
    return _intake(trial.digest, trial)


def first_table(trial: TrialData) -> TableOne:
    """Table 1 of a trial."""
    return _first_table(trial.digest, trial)


def outcome(trial: TrialData, horizon: float | None) -> OutcomeSummary:
    """Return the outcome by arm."""
    return _outcome(trial.digest, trial, horizon)


def suggested_horizon(trial: TrialData, sample_key: str | None) -> float:
    """Return the first horizon: that of a published sample, else what follow-up supports; NaN without a time."""
    if trial.outcome_kind != "time_to_event":
        return float("nan")
    published = {item.key: item.horizon for item in SAMPLES}.get(sample_key or "")
    return published or _horizon(trial.digest, trial)


def draft(key: str, table: Table) -> Draft:
    """Return the guessed part of each column of a file; `key` names the upload."""
    return _draft(key, table.frame)


@st.cache_data(scope="session", max_entries=4, max_size=_LARGEST, show_spinner="Reading the file")
def table(data: bytes, name: str) -> Table:
    """Read an uploaded file."""
    return read_table(data, name)


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _intake(digest: str, _trial: TrialData) -> IntakeReport:  # noqa: ARG001 - the digest is the key
    return check_trial(_trial)


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _first_table(digest: str, _trial: TrialData) -> TableOne:  # noqa: ARG001 - as above
    return table_one(_trial)


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _outcome(digest: str, _trial: TrialData, horizon: float | None) -> OutcomeSummary:  # noqa: ARG001 - as above
    return describe_outcome(_trial, horizon)


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _horizon(digest: str, _trial: TrialData) -> float:  # noqa: ARG001 - as above
    return default_horizon(_trial)


@st.cache_data(scope="session", max_entries=4, show_spinner=False)
def _draft(key: str, _frame: pd.DataFrame) -> Draft:  # noqa: ARG001 - as above
    return draft_from_guess(guess_roles(_frame))
