"""Count responders instead: a measured outcome becomes reached or not, with every other threshold in sight."""

from functools import partial

import streamlit as st

from ite.charts.responders import responder_curve, responder_words
from ite.report.block import ResultBlock
from ite.report.code import trial_code
from ite.study import with_note
from ite.trial.data import TrialData
from ite.trial.labels import called
from ite.trial.responder_shares import share_by_threshold
from pages.panels.data.responders_inputs import ask, counted
from pages.ui import figure, fit, state
from pages.ui.attempt import attempt
from pages.ui.opening import use_trial
from pages.ui.origin import provenance, source
from pages.ui.text import plain

_HOW_TO_READ = """\
Read along the curve: at each threshold, the share of patients of an arm who reach it. The line marked "chosen" is the \
cut that makes a responder. Curves that stay apart over a wide range say the same wherever the cut is put; curves that \
cross, or part only near the chosen cut, say that the result belongs to that cut.

The cut should be the smallest difference that matters to patients, known before the data were seen. One that was \
picked because the arms part there proves nothing.

Counting responders throws information away: a patient just below the cut counts as one who did not improve at all. \
The same trial has more power with the measured outcome."""


def responders(trial: TrialData) -> None:
    """Draw the choice of a responder definition and what it does; nothing for outcomes that are not measured."""
    if trial.outcome_kind != "continuous" and trial.roles.responder is None:
        return
    in_use = trial.roles.responder is not None
    with st.expander("Count responders instead of means", expanded=in_use, icon=":material/done_all:"):
        if in_use:
            _back(trial)
        found = ask(trial)
        if found is None:
            st.caption("Give the smallest improvement that matters to patients to see what it would do.")
            return
        candidate = attempt(f"responders-{trial.digest[:8]}", lambda: counted(trial, found.definition()))
        if candidate is None:
            return
        figure.show(_block(candidate), "responders")
        if candidate.digest != trial.digest and st.button("Count these responders", icon=":material/check:"):
            _use(candidate, _said(trial, candidate))


def _back(trial: TrialData) -> None:
    st.markdown(plain(f"The outcome is {trial.spoken(trial.roles.outcome)}."))
    if st.button("Go back to the measured outcome", icon=":material/undo:"):
        measured = counted(trial, None)
        _use(measured, f"Outcome measured again: {measured.spoken(measured.roles.outcome)}{_late()}.")


def _said(trial: TrialData, candidate: TrialData) -> str:
    measured = called(trial.roles.outcome, {})
    return f"Outcome {measured} counted as {candidate.spoken(candidate.roles.outcome)}{_late()}."


def _late() -> str:
    return "" if state.load().effects is None else " after effects were seen (post hoc)"


def _use(trial: TrialData, note: str) -> None:
    use_trial(trial, sample=state.load().sample)
    state.save(with_note(state.load(), note))
    st.rerun()


def _block(trial: TrialData) -> ResultBlock:
    shares = share_by_threshold(trial)
    definition, outcome = trial.roles.responder, called(trial.roles.outcome, {})
    changed = definition is not None and definition.baseline is not None
    unit = ", percent" if definition is not None and definition.percent else ""
    title = f"Smallest improvement of {outcome}{unit}" if changed else f"Threshold of {outcome}"
    return ResultBlock(
        key="responders-by-threshold",
        title="Responders at every threshold",
        sentence=responder_words(shares),
        **figure.drawn(partial(responder_curve, shares, trial.arms, title)),
        data=shares,
        method=f"n = {trial.n:,}, {int(trial.outcome_missing.sum()):,} without a response; as observed, not adjusted.",
        code=trial_code(
            source(state.load()), trial.roles, shown="ite.trial.responder_shares.share_by_threshold(trial)"
        ),
        how_to_read=_HOW_TO_READ,
        provenance=provenance(trial, fit.asked()),
    )
