"""Patients to treat: how many for one more to be helped, how many for one more to be harmed."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from ite.charts.reading_value_patients import patients_sentence
from ite.charts.value_patients import icon_array
from ite.report.block import ResultBlock
from ite.value.icon_array import PEOPLE
from pages.panels.value.patients_baseline import baseline
from pages.panels.value.patients_card import Card
from pages.panels.value.patients_inputs import ask_arms, ask_numbers, ask_trial
from pages.ui import analysed, figure, settled
from pages.ui.attempt import attempt
from pages.ui.fields import choice

_NUMBERS, _ARMS, _TRIAL = "Two numbers", "Counts of two arms", "From this trial"
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


def draw() -> None:
    """Draw the inputs and, beside them, the people."""
    left, right = st.columns([4, 8], gap="large")
    with left:
        source = choice("Figures", [_NUMBERS, _ARMS, _TRIAL], "vp-source", "Where the numbers come from.")
        place, make = _ask(source)
        shown = choice("People shown", [f"{people:,}" for people in PEOPLE], "vp-people", "One mark each.")
    with right:
        if source == _TRIAL:
            settled.say()
        card = attempt(place, make)
        if card is not None:
            _result(card, int(shown.replace(",", "")))
    if card is not None:
        baseline(card)


def _ask(source: str) -> tuple[str, Callable[[], Card]]:
    """Draw the inputs of a source; return the name under which its last result is kept, and what makes its card."""
    if source == _NUMBERS:
        return "value-patients-numbers", ask_numbers()
    if source == _ARMS:
        return "value-patients-arms", ask_arms()
    trial = analysed.require(picking=False)
    place = f"value-patients-{trial.trial.digest}-{trial.arm}-{trial.effects.spec.model_dump_json()}"
    return place, ask_trial(trial)


def _result(card: Card, people: int) -> None:
    found = card.found
    figure.show(
        ResultBlock(
            key="value-patients",
            title="What does treating do to people?",
            sentence=patients_sentence(found),
            **figure.drawn(partial(icon_array, found, people)),
            data=found.frame,
            method=card.method,
            code=card.code("found.frame"),
            how_to_read=_HOW_TO_READ,
            provenance=card.provenance(),
        ),
        "value-patients",
    )
