"""How strong an unmeasured confounder would have to be to explain a risk ratio away."""

from functools import partial

import streamlit as st

from ite.charts.causality_curves import confounder_chart, confounder_table
from ite.charts.reading_causality import confounder_sentence
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.value.unmeasured_confounding import EValue, ObservedRatio, e_value
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.fields import number

_HOW_TO_READ = """\
A confounder that was not measured could stand behind an observed ratio. On and above the curve it would be strong \
enough to explain all of it: the stronger it goes with treatment, the weaker it needs to go with the outcome. The \
E-value is the point at which both are the same.

A large E-value is no proof: it says what would have to be believed of a confounder to doubt the result. Compare it \
with the confounders that were measured. It says nothing of other faults, such as selection or errors of measurement."""


def draw() -> None:
    """Draw the ratio and, beside it, the E-value."""
    left, right = st.columns([4, 8], gap="large")
    with left:
        ratio = number("Risk ratio", 3.9, "ce-ratio", "As observed and adjusted for what was measured.", step=0.1)
        words = "The lower limit for a ratio above 1, the upper one below."
        limit = number("Confidence limit nearest to 1", 1.8, "ce-limit", words, step=0.1)
    with right:
        found = attempt("causality-confounder", lambda: e_value(ObservedRatio(risk_ratio=ratio, limit_nearest_1=limit)))
        if found is not None:
            _result(found)


def _result(found: EValue) -> None:
    figure.show(
        ResultBlock(
            key="causality-confounder",
            title="How strong would a hidden confounder have to be?",
            sentence=confounder_sentence(found),
            **figure.drawn(partial(confounder_chart, found.spec)),
            data=confounder_table(found.spec),
            method="Typed figures, exact (E-value). Source: VanderWeele and Ding 2017, Annals of Internal Medicine "
            "167:268-274.",
            code=design_code({"spec": found.spec}, [confounder_table], "confounder_table(spec)"),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(found.spec),
        ),
        "causality-confounder",
    )
