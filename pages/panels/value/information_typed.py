"""The value of knowing more about typed figures, in closed form."""

from collections.abc import Callable

from streamlit.delta_generator import DeltaGenerator

from ite.report.design_code import design_code
from ite.value.sourced import Sourced
from ite.value.study_benefit import NewStudy, net_benefit_of_study, study_sizes
from ite.value.typed_information import TypedUncertainty, typed_value_of_each_input, typed_value_of_study
from pages.panels.value.cost_trial_found import THRESHOLDS, THRESHOLDS_CODE
from pages.panels.value.information_inputs import ask_study, ask_typed
from pages.panels.value.information_result import Learnt, show
from pages.ui import origin
from pages.ui.attempt import attempt


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """Draw the inputs on the left and the results on the right."""
    with left:
        asked, study = ask_typed(), ask_study()
    with right:
        learnt = attempt("information-typed", lambda: _at(asked(), study))
        if learnt is not None:
            show(learnt)


def _at(known: TypedUncertainty, study: Callable[[Sourced], NewStudy]) -> Learnt:
    return _learnt(known, study(known.willingness_to_pay))


def _learnt(known: TypedUncertainty, plan: NewStudy) -> Learnt:
    increments, threshold = known.increments, known.willingness_to_pay
    at = increments.decision_curve(threshold.value)
    settings = {"known": known, "study": plan}
    step = "value = typed_value_of_study(known, study_sizes())"
    codes = (
        design_code(settings, [], f"known.increments.decision_curve({THRESHOLDS_CODE})"),
        design_code(settings, [typed_value_of_each_input], "typed_value_of_each_input(known)"),
        design_code(
            settings,
            [net_benefit_of_study, study_sizes, typed_value_of_study],
            "net_benefit_of_study(value, study)",
            [step],
        ),
    )
    return Learnt(
        willingness_to_pay=threshold,
        plan=plan,
        best="the new strategy" if known.mean > 0 else "the comparator",
        perfect=(float(at["evpi"].iloc[0]), 0.0),
        curve=increments.decision_curve(THRESHOLDS),
        inputs=typed_value_of_each_input(known),
        study=net_benefit_of_study(typed_value_of_study(known, study_sizes()), plan),
        studied="extra QALYs",
        method="Typed figures, independent normal extra QALYs and cost; exact. "
        f"Sources: figures {known.extra_effect.source}; threshold {threshold.source}.",
        codes=codes,
        provenance=origin.typed(known, plan),
    )
