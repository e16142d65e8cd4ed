"""Patients to treat: how many for one more to be helped, how many for one more to be harmed."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from ite.charts.reading_value_patients import patients_sentence, thousand_sentence
from ite.charts.value_patients import icon_array
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.value.icon_array import PEOPLE
from ite.value.patients_to_treat import NumbersNeeded, PatientsToTreat, patients_from_numbers
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.fields import choice, number

_HOW_TO_READ = """\
Each mark is one person treated. Helped are those who have the good outcome only because they are treated, harmed \
those who are harmed only because of it. For everybody else treatment makes no difference: they would have fared as \
they did without it.

The number needed to treat (NNT) is 1 divided by the difference between two shares, rounded up to whole patients. \
NNTB stands for benefit, NNTH for harm. An interval such as "NNTH 20 to infinity to NNTB 4" runs through infinity, \
where treatment makes no difference: the data fit some harm, none, and benefit.

The likelihood to be helped or harmed divides the two numbers. It counts one harm as much as one good outcome: where \
they weigh differently, weigh it yourself. A number belongs to an outcome, a time and a comparison; it is no property \
of the treatment."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """Typed numbers with what follows from them."""

    asked: NumbersNeeded
    found: PatientsToTreat


def draw() -> None:
    """Draw the inputs and, beside them, the people."""
    left, right = st.columns([3, 8], gap="large")
    with left:
        nnt = number("Treated for one more helped", 5.0, "vp-nnt", "The number needed to treat (NNT).", step=1.0)
        nnh = number("Treated for one more harmed", 133.0, "vp-nnh", "The number needed to harm (NNH).", step=1.0)
        shown = choice("People shown", [f"{people:,}" for people in PEOPLE], "vp-people", "One mark each.")
        st.caption("Start: clozapine, one more response per 5 treated, one more serious harm per 133.")
    with right:
        card = attempt("value-patients", lambda: _card(NumbersNeeded(nnt=nnt, nnh=nnh)))
        if card is not None:
            _result(card, int(shown.replace(",", "")))


def _card(asked: NumbersNeeded) -> Card:
    return Card(asked=asked, found=patients_from_numbers(asked))


def _result(card: Card, people: int) -> None:
    found = card.found
    figure.show(
        ResultBlock(
            key="value-patients",
            title="What does treating do to people?",
            sentence=patients_sentence(found),
            **figure.drawn(partial(icon_array, found, people)),
            data=found.frame,
            method=f"{thousand_sentence(found)} Typed figures.",
            code=design_code({"asked": card.asked}, [patients_from_numbers], "patients_from_numbers(asked).frame"),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(card.asked),
        ),
        "value-patients",
    )
