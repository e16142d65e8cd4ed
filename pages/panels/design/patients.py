"""Follow the patients one by one: the enrichment design of event times, from arrival to the last log-rank test."""

import streamlit as st

from ite.design.enrichment.patient_checks import check_patient_design
from ite.design.enrichment.patient_comparison import FollowedDesign, follow_patients
from ite.errors import DesignError
from ite.report.enrichment_file import EnrichmentFile
from ite.report.patient_code import PatientRun
from pages.panels.design import patients_inputs
from pages.panels.design.enrichment_field import number
from pages.panels.design.patients_reading import INCREMENTS_AND_RESPONSE
from pages.panels.design.patients_result import calendar, levels
from pages.ui import jobs, state
from pages.ui.text import plain

_JOB, _ASKED = "patients", "patients-asked"
_TRIALS = (10_000.0, (100.0, 1_000_000.0, 1_000.0))


def patients_of(asked: EnrichmentFile) -> None:
    """Draw the inputs and the button that follow the patients of a design, then the progress, then the figures."""
    st.header("Follow the patients one by one", anchor=False)
    if asked.tested.scenario.outcome.kind != "survival":
        st.caption("Patients are followed until their events, so this needs Event times as the outcome.")
        return
    run = _ask(asked)
    if st.button("Follow the patients", key="patients", icon=":material/groups:", disabled=run is None):
        jobs.forget(_JOB)
        state.remember(_ASKED, run)
    of = state.recall(_ASKED)
    if not isinstance(of, PatientRun):
        st.caption(
            "Runs in a worker and can be cancelled: seconds for 10,000 trials of 600 patients, minutes for a million."
        )
        return
    found = jobs.run(_JOB, follow_patients, of.design, of.level, of.trials, of.seed).result
    if isinstance(found, FollowedDesign):
        if of != run:
            st.warning(
                "These figures belong to earlier settings. Follow the patients again.", icon=":material/sync_problem:"
            )
        levels(of, found)
        calendar(of, found)


def _ask(asked: EnrichmentFile) -> PatientRun | None:
    """Draw the inputs; None, with the sentence that says why, where they do not fit the design."""
    trials, box = number("Trials to simulate", "p_trials", *_TRIALS), st.expander("What is assumed of the patients")
    try:
        with box:
            level = patients_inputs.ask()
        check_patient_design(asked.tested, level)
        run = PatientRun(design=asked.tested, level=level, trials=int(trials), seed=asked.seed)
    except DesignError as error:
        st.error(plain(error), icon=":material/error:")
        return None
    if level.show_error:
        st.warning(INCREMENTS_AND_RESPONSE, icon=":material/warning:")
    return run
