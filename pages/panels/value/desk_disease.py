"""From which probability of disease treating is better than not, for a patient whose disease is not certain."""

from functools import partial

import streamlit as st

from ite.charts.reading_value_desk_dose import stakes_sentence
from ite.charts.value_desk_threshold import stakes_chart, stakes_table
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.value.treatment_threshold import DiseaseStakes
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.fields import number

_HOW_TO_READ = """\
The line is what treating is worth, on average, to patients with this probability of disease: the benefit to those who \
have it less the harm to those who do not. It crosses zero at harm / (harm + benefit): below it waiting is better, \
above it treating.

A test is worth doing only where its result could carry the probability across the threshold. Pauker and Kassirer, New \
England Journal of Medicine 1975."""


def disease() -> None:
    """Draw the stakes and the threshold of disease."""
    left, right = st.columns(2)
    with left:
        words = "Of treating a patient who has the disease, in any one unit."
        benefit = number("Benefit to the diseased", 0.8, "vd-stakes-benefit", words, step=0.05)
    with right:
        words = "Of treating a patient who does not have it, in the same unit."
        harm = number("Harm to the healthy", 0.1, "vd-stakes-harm", words, step=0.05)
    spec = attempt("value-desk-disease", lambda: DiseaseStakes(benefit=benefit, harm=harm))
    if spec is None:
        return
    figure.show(
        ResultBlock(
            key="desk-disease",
            title="From which probability of disease is treating better?",
            sentence=stakes_sentence(spec),
            **figure.drawn(partial(stakes_chart, spec)),
            data=stakes_table(spec),
            method="Typed figures, exact.",
            code=design_code({"spec": spec}, [stakes_table], "stakes_table(spec)"),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(spec),
        ),
        "desk-disease",
    )
