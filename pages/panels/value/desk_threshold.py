"""From which probability of disease, and from which predicted benefit, treating is worth its harm."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from ite.charts.outcome_unit import outcome_unit
from ite.charts.reading_value_desk_dose import burden_sentence
from ite.charts.scale import three_digits
from ite.charts.value_desk_threshold import burden_chart, burden_table
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.value.treatment_threshold import BenefitThreshold, TreatmentBurden, benefit_threshold
from pages.panels.value.desk_disease import disease
from pages.panels.value.desk_fields import weights
from pages.panels.value.desk_unit import scale_of, unit_of
from pages.ui import analysed, figure, handover, origin, state
from pages.ui.analysed import Analysed
from pages.ui.attempt import attempt
from pages.ui.fields import number
from pages.ui.sourced import Sources, sourced, sources

_TYPED_UNIT = "responses per person"
_HOW_TO_READ = """\
Harm, cost and burden of being treated are put into the unit of the benefit: each times its weight, over the weight of \
benefit. Their sum is the least benefit that is worth treating: where less is predicted, the weights say that treating \
takes more than it gives.

It uses the same weights as the comparison of options. An allocation that offers treatment only above this benefit \
treats fewer patients, each with more to gain. Predictions err: a patient near the threshold may lie on its other \
side."""


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """The threshold with where its numbers come from."""

    found: BenefitThreshold
    told: Sources


def draw() -> None:
    """Draw the weights and, beside them, the least benefit; then the threshold of disease."""
    study = state.load()
    shown = None if study.effects is None or study.evidence is None else analysed.require(picking=False)
    unit = _TYPED_UNIT if shown is None else unit_of(shown)
    left, right = st.columns([5, 8], gap="medium")
    with left:
        harm = number("Harmed (%)", 5.0, "vd-burden-harm", "Of those treated, in percent.", least=0.0, step=1.0)
        cost = number("Cost", 0.0, "vd-burden-cost", "In thousands per person treated.", step=1.0)
        burden = number("Burden", 0.0, "vd-burden-burden", "Per person treated, such as visits.", step=1.0)
        weigh = weights("vd", unit) if shown is None else weights(f"vd-{shown.trial.digest[:8]}", unit, scale_of(shown))
        with st.expander("Sources"):
            numbers = {"harm": (harm, "% of those treated"), "cost": (cost, "thousands"), "burden": (burden, "units")}
            texts = sources(numbers, "vd-threshold")

    def make() -> Threshold:
        spec = TreatmentBurden(harm=harm / 100, cost=cost, burden=burden, unit=unit[:80])
        return Threshold(found=benefit_threshold(spec, weigh()), told=sourced(numbers, texts))

    with right:
        threshold = attempt(f"value-desk-threshold-{'' if shown is None else shown.trial.digest}", make)
        if threshold is not None:
            _result(threshold, shown)
            _hand_over(threshold.found, shown)
        disease()


def _result(threshold: Threshold, shown: Analysed | None) -> None:
    found = threshold.found
    amount = f"{three_digits(found.value)} {found.unit}"
    if shown is not None:
        amount = f"{shown.unit.number(found.value)} {outcome_unit(shown.unit)}"
    figure.show(
        ResultBlock(
            key="desk-threshold",
            title="Which predicted benefit is worth treating for?",
            sentence=burden_sentence(found, amount),
            **figure.drawn(partial(burden_chart, found)),
            data=burden_table(found),
            method=f"Typed figures, exact. Sources: {threshold.told.words}.",
            code=design_code(
                {"spec": found.spec, "weights": found.weights},
                [benefit_threshold, burden_table],
                "burden_table(benefit_threshold(spec, weights))",
            ),
            how_to_read=_HOW_TO_READ,
            provenance=origin.typed(found.spec, found.weights, threshold.told),
        ),
        "desk-threshold",
    )


def _hand_over(found: BenefitThreshold, shown: Analysed | None) -> None:
    """Draw the button that suggests the threshold to the Allocation page."""
    pressed = st.button("Use in Allocation", icon=":material/arrow_forward:", key="vd-use", disabled=shown is None)
    if shown is None:
        st.caption("Open a trial on the Start page to use the threshold in its allocation: it needs the trial's unit.")
        return
    if pressed:
        handover.suggest_least_benefit(shown.trial, shown.effects, found.value)
    if handover.suggested_least_benefit(shown.trial, shown.effects) == found.value > 0:
        st.success("The Allocation page suggests this threshold now.", icon=":material/check:")
        st.page_link("pages/allocation.py", label="Go to Allocation", icon=":material/arrow_forward:")
