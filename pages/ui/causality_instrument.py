"""The ratio that an instrument gives, with an interval that holds where the instrument is weak."""

from functools import partial

import streamlit as st

from ite.charts.causality_curves import ratio_chart, ratio_table
from ite.charts.reading_causality import ratio_sentence
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.value.wald_ratio import Instrument, WaldRatio, wald_ratio
from pages.ui import figure, origin
from pages.ui.attempt import attempt
from pages.ui.fields import number

_HOW_TO_READ = """\
The effect of an instrument on the outcome, divided by its effect on who is treated, is the effect of treatment in \
those whom it moves. The example is the draft lottery: a low number made military service more frequent by 15.9 \
percentage points and later earnings lower by 436 dollars a year, so serving cost those whom it moved about 2,741.

The usual interval misleads where the first stage is weak (F below 10). The Anderson-Rubin set holds whatever its \
strength: every ratio that the data do not reject. It may have no end, which says that the data cannot tell."""


def draw() -> None:
    """Draw the two effects of the instrument and, beside them, their ratio."""
    left, right = st.columns([4, 8], gap="large")
    with left:
        on_outcome = number("Effect on the outcome", -435.8, "ci-outcome", "Of the instrument.", step=10.0)
        outcome_error = number("Its standard error", 210.5, "ci-outcome-se", "Of that effect.", step=10.0)
        on_treatment = number(
            "Effect on who is treated", 0.159, "ci-treatment", "As a share: 0.159 is 15.9 %.", step=0.01
        )
        treatment_error = number("Its standard error ", 0.04, "ci-treatment-se", "Of that effect.", step=0.01)

    def make() -> WaldRatio:
        return wald_ratio(
            Instrument(
                reduced_form=on_outcome,
                reduced_form_se=outcome_error,
                first_stage=on_treatment,
                first_stage_se=treatment_error,
            )
        )

    with right:
        found = attempt("causality-instrument", make)
        if found is not None:
            _result(found)


def _result(found: WaldRatio) -> None:
    figure.show(
        ResultBlock(
            key="causality-instrument",
            title="What does an instrument say, and how surely?",
            sentence=ratio_sentence(found),
            **figure.drawn(partial(ratio_chart, found.spec)),
            data=ratio_table(found.spec),
            method="Typed figures; the two effects from separate samples. Source: Angrist 1990, American Economic "
            "Review 80:313-336; Anderson and Rubin 1949.",
            code=design_code({"spec": found.spec}, [ratio_table], "ratio_table(spec)"),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(found.spec),
        ),
        "causality-instrument",
    )
