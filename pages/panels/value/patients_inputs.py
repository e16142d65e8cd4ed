"""Inputs of patients to treat: two numbers, counts of two arms, or the fitted trial."""

from collections.abc import Callable

import streamlit as st

from ite.value.patients_of_trial import TrialPatients
from ite.value.patients_to_treat import NumbersNeeded, TwoArms
from ite.value.risk_difference import TwoRisks
from pages.panels.value.patients_card import Card, arms_card, numbers_card, trial_card
from pages.ui import state
from pages.ui.analysed import Analysed
from pages.ui.fields import number
from pages.ui.text import plain

_EVERYBODY = "Everybody"
_ARMS = ("treated", "control")
_START = {"n": (70.0, 80.0), "good": (56.0, 48.0), "harm": (5.0, 3.0)}


def ask_numbers() -> Callable[[], Card]:
    """Draw the fields of two numbers; return what makes the card."""
    nnt = number("Treated for one more helped", 5.0, "vp-nnt", "The number needed to treat (NNT).", step=1.0)
    nnh = _harm(133.0, "vp-nnh")
    st.caption("Start: clozapine, one more response per 5 treated, one more serious harm per 133.")
    return lambda: numbers_card(NumbersNeeded(nnt=nnt, nnh=nnh))


def ask_arms() -> Callable[[], Card]:
    """Draw the counts of two arms; return what makes the card."""
    columns = dict(zip(_ARMS, st.columns(2), strict=True))
    counts: dict[tuple[str, str], float] = {}
    labels = {"n": "Patients", "good": "Good outcomes", "harm": "Harmed"}
    harms = st.checkbox("Harms were counted", value=True, key="vp-harms", persist_state="session")
    for at, arm in enumerate(_ARMS):
        with columns[arm]:
            for row in labels if harms else ("n", "good"):
                words = f"{labels[row]}, {arm}"
                counts[row, arm] = number(words, _START[row][at], f"vp-{row}-{arm}", "Patients.", step=1.0)
    st.caption("For a bad outcome, count those who were spared it.")

    def make() -> Card:
        good, bad = (_risks(counts, row) if (row, "treated") in counts else None for row in ("good", "harm"))
        return arms_card(TwoArms.model_validate({"outcomes": good, "harms": bad}))

    return make


def ask_trial(shown: Analysed) -> Callable[[], Card]:
    """Draw whom of the trial the number is for; return what makes the card."""
    kept = {piece.name: piece for piece in state.load().slices if piece.arm == shown.arm}
    chosen = None
    if kept and shown.trial.outcome_kind == "binary":
        picked = st.selectbox(
            "Patients",
            [_EVERYBODY, *kept],
            key=f"vp-slice-{shown.trial.digest[:8]}",
            persist_state="session",
            help="Everybody, or a slice kept on the Subgroups page.",
        )
        chosen = kept.get(str(picked))
    nnh = _harm(None, "vp-trial-nnh")
    words = f"{shown.arm} against {shown.trial.control}."
    if shown.trial.outcome_kind == "time_to_event":
        words += (
            f" A number needed to treat is not defined on this scale, {shown.effects.scale}. Shown instead is the "
            "share without the event at the horizon, which counts patients."
        )
    st.caption(plain(words))
    return lambda: trial_card(shown, TrialPatients(arm=shown.arm, chosen=chosen, nnh=nnh))


def _harm(start: float | None, key: str) -> float | None:
    typed = st.number_input(
        "Treated for one more harmed",
        value=start,
        step=1.0,
        format="%.6g",
        key=key,
        persist_state="session",
        placeholder="not known",
        help="The number needed to harm (NNH). Leave it empty where harms are not known.",
    )
    return None if typed is None else float(typed)


def _risks(counts: dict[tuple[str, str], float], row: str) -> TwoRisks:
    return TwoRisks.model_validate(
        {
            "events_treated": counts[row, "treated"],
            "n_treated": counts["n", "treated"],
            "events_control": counts[row, "control"],
            "n_control": counts["n", "control"],
        }
    )
