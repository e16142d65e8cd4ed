"""What crossover leaves of an effect: the arms as randomised show less than treatment does."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from ite.charts.causality_curves import dilution_chart, dilution_table
from ite.charts.reading_causality import dilution_sentence
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.report.literal import literal
from ite.value.crossover import DilutedEffect, MixedArms, diluted_effect
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.fields import number, percent

_HOW_TO_READ = """\
Where controls get the treatment, and treated patients do not take it, the arms as randomised differ less in who is \
treated than they were meant to, and show that much less of the effect (dashed). The number of patients that shows it \
with the same power grows with the square.

Dividing by the difference in who is treated gives the effect back, if it is the same for everybody; else it is that \
in those who follow their assignment. Leaving out whoever crossed over would compare patients who differ in more than \
treatment."""


@dataclass(frozen=True, kw_only=True)
class Diluted:
    """An effect and what is left of it."""

    effect: float
    found: DilutedEffect


def draw() -> None:
    """Draw the effect and the crossover and, beside them, what the arms show."""
    left, right = st.columns([4, 8], gap="large")
    with left:
        crossover = percent("Controls treated", (0, 100), 30, "cc-crossover", "Controls who get the treatment.")
        untaken = percent("Treated arm untreated", (0, 100), 10, "cc-untaken", "Assigned to it, but not taking it.")
        effect = number("Effect of treatment", 0.2, "cc-effect", "The same for everybody, in any one unit.", step=0.05)

    def make() -> Diluted:
        return Diluted(
            effect=effect, found=diluted_effect(effect, MixedArms(crossover=crossover, noncompliance=untaken))
        )

    with right:
        diluted = attempt("causality-crossover", make)
        if diluted is not None:
            _result(diluted)


def _result(diluted: Diluted) -> None:
    arms = diluted.found.arms
    figure.show(
        ResultBlock(
            key="causality-crossover",
            title="What does crossover leave of an effect?",
            sentence=dilution_sentence(diluted.effect, diluted.found),
            **figure.drawn(partial(dilution_chart, diluted.effect, arms)),
            data=dilution_table(diluted.effect, arms),
            method="Typed figures, exact for an effect that is the same for everybody. "
            "Source: Sussman and Hayward 2010, BMJ 340:c2073.",
            code=design_code({"arms": arms}, [dilution_table], f"dilution_table({literal(diluted.effect)}, arms)"),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(arms),
        ),
        "causality-crossover",
    )
