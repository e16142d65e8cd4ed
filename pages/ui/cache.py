"""What is computed once and asked for on every run: the only module that uses Streamlit's caches.

Results of patient data are cached for the session that holds them, never across sessions, and within a bound.
"""

import pandas as pd
import streamlit as st

from ite.trial.checks import IntakeReport, check_trial
from ite.trial.data import TrialData
from ite.trial.guess import RoleGuess, guess_roles
from ite.trial.outcome import OutcomeSummary, describe_outcome
from ite.trial.reading import read_table
from ite.trial.samples import SAMPLES, load_sample
from ite.trial.survival import default_horizon
from ite.trial.table import Table
from ite.trial.table_one import TableOne, table_one

_LARGEST = "200 MB"


@st.cache_data(max_entries=len(SAMPLES), show_spinner=False)
def sample(key: str) -> TrialData:
    """A sample trial: public data, the same for every session."""
    return load_sample(key)


def sample_keys() -> tuple[str, ...]:
    """Keys of the sample trials, in their order."""
    return tuple(item.key for item in SAMPLES)


def intake(trial: TrialData) -> IntakeReport:
    """The intake report of a trial."""
    return _intake(trial.digest, trial)


def first_table(trial: TrialData) -> TableOne:
    """Table 1 of a trial."""
    return _first_table(trial.digest, trial)


def outcome(trial: TrialData, horizon: float | None) -> OutcomeSummary:
    """The outcome by arm."""
    return _outcome(trial.digest, trial, horizon)


def horizon(trial: TrialData) -> float:
    """The default horizon of a trial with a time-to-event outcome."""
    return _horizon(trial.digest, trial)


def roles_guess(key: str, table: Table) -> RoleGuess:
    """The guessed part of each column of a file; `key` names the file's content."""
    return _roles_guess(key, table.frame)


@st.cache_data(scope="session", max_entries=4, max_size=_LARGEST, show_spinner="Reading the file")
def table(data: bytes, name: str) -> Table:
    """An uploaded file, read."""
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
def _roles_guess(key: str, _frame: pd.DataFrame) -> RoleGuess:  # noqa: ARG001 - as above
    return guess_roles(_frame)
