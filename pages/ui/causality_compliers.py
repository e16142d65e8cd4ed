"""Whose effect an instrument shows: the compliers', beside the average effect."""

from functools import partial

import streamlit as st

from ite.charts.causality import strata_chart, strata_table
from ite.charts.reading_causality import complier_sentence
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.value.complier_effect import ComplierEffect, PrincipalStrata, complier_effect
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.fields import number, percent

_HOW_TO_READ = """\
An instrument is something that changes who is treated and touches the outcome in no other way, such as a draw, a \
gene, or being assigned in a trial that not everybody follows. Some would be treated anyway, some never, some follow \
it: the compliers. Only in the last does the instrument change anything, so only their effect can be seen.

The grey bars are not known in practice: nobody is labelled. Where compliers benefit more than the others, the \
instrument shows more than treating everybody would bring, and nothing in the data says by how much."""


def draw() -> None:
    """Draw the kinds of patients and, beside them, the effects."""
    left, right = st.columns([4, 8], gap="large")
    with left:
        always = percent("Treated anyway", (0, 100), 20, "ca-always", "Always-takers: treated whatever is assigned.")
        never = percent("Never treated", (0, 100), 30, "ca-never", "Never-takers: not treated whatever is assigned.")
        st.caption("All others are compliers: treated as they are assigned.")
        effects = [
            number(f"Effect: {words}", start, f"ca-effect-{words}", "In any one unit; positive is benefit.", step=0.5)
            for words, start in (("treated anyway", 1.0), ("compliers", 4.0), ("never treated", 0.0))
        ]

    def make() -> ComplierEffect:
        return complier_effect(
            PrincipalStrata(
                share_always=always,
                share_never=never,
                share_complier=round(1 - always - never, 9),
                effect_always=effects[0],
                effect_complier=effects[1],
                effect_never=effects[2],
            )
        )

    with right:
        found = attempt("causality-compliers", make)
        if found is not None:
            _result(found)


def _result(found: ComplierEffect) -> None:
    figure.show(
        ResultBlock(
            key="causality-compliers",
            title="Whose effect does an instrument show?",
            sentence=complier_sentence(found),
            **figure.drawn(partial(strata_chart, found.spec)),
            data=strata_table(found.spec),
            method="Typed figures, exact. Nobody does the opposite of what is assigned. "
            "Source: Angrist, Imbens and Rubin 1996, JASA 91:444-455.",
            code=design_code({"spec": found.spec}, [strata_table], "strata_table(spec)"),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(found.spec),
        ),
        "causality-compliers",
    )
