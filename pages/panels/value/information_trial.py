"""The value of knowing more about the fitted trial: its draws, and a new study of one of its effects."""

import math
from collections.abc import Callable

from streamlit.delta_generator import DeltaGenerator

from ite.charts.scale import cell
from ite.report.literal import literal
from ite.report.value_cost_code import Functions, valuation_code
from ite.value.draws import EVERYBODY
from ite.value.partial_information import value_of_each_input, value_of_input, value_of_study
from ite.value.sourced import Sourced
from ite.value.study_benefit import NewStudy, net_benefit_of_study, study_sizes
from ite.value.trial_valuation import TrialValuation
from ite.value.uncertain_choice import decision_curves, perfect_information_curve
from pages.panels.value.cost_trial_found import THRESHOLDS_CODE, Valued, valued
from pages.panels.value.cost_trial_inputs import arm_shown, ask
from pages.panels.value.information_inputs import ask_study
from pages.panels.value.information_result import Learnt, show
from pages.ui import analysed, settled
from pages.ui.analysed import Analysed
from pages.ui.attempt import attempt

_BENEFIT = "benefit = found.draws.everybody.net_benefit(asked.willingness_to_pay.value)[:, :, 0]"


def draw(left: DeltaGenerator, right: DeltaGenerator) -> None:
    """Draw the inputs on the left and the results on the right; without effects, the way to them."""
    with right:
        shown = analysed.require(picking=False)
    with left:
        settled.say()
        arm = arm_shown(shown)
        asked, study = ask(shown, grouped=False), ask_study()
    with right:
        place = f"information-{shown.trial.digest}-{shown.effects.spec.model_dump_json()}"
        found = attempt(place, lambda: _at(shown, asked(), study, arm))
        if found is not None:
            show(found)


def _at(shown: Analysed, asked: TrialValuation, study: Callable[[Sourced], NewStudy], arm: str) -> Learnt:
    return _found(shown, valued(shown, asked), study(asked.willingness_to_pay), arm)


def _found(shown: Analysed, drawn: Valued, plan: NewStudy, arm: str) -> Learnt:
    threshold, n = drawn.asked.willingness_to_pay, shown.trial.n
    benefit = drawn.found.draws.everybody.net_benefit(threshold.value)[:, :, 0]
    studied = f"effect of {arm} in {EVERYBODY}"
    prior_sd = cell(drawn.found.group_effects.se, EVERYBODY, arm)
    # As precise per patient as this trial, whose error is that of n patients.
    patient_sd = prior_sd * math.sqrt(n)
    learnt = value_of_input(benefit, {studied: drawn.found.inputs[studied]})
    value = value_of_study(learnt, prior_sd=prior_sd, patient_sd=patient_sd, patients=study_sizes())
    best = drawn.at[drawn.at["best"]].iloc[0]
    return Learnt(
        willingness_to_pay=threshold,
        plan=plan,
        best=str(best["strategy"]),
        perfect=(float(best["expected_loss"]), float(best["expected_loss_se"])),
        curve=perfect_information_curve(drawn.curves),
        inputs=value_of_each_input(benefit, drawn.found.inputs),
        study=net_benefit_of_study(value, plan),
        studied=studied,
        method=f"{shown.method} {drawn.method} A new study is as precise per patient as this trial.",
        codes=_codes(shown, drawn, plan, studied, (prior_sd, patient_sd)),
        provenance=shown.provenance(drawn.asked),
    )


def _codes(
    shown: Analysed, drawn: Valued, plan: NewStudy, studied: str, spread: tuple[float, float]
) -> tuple[str, str, str]:
    fitted, asked, name = (shown.source, shown.trial.roles, shown.effects.spec), drawn.asked, literal(studied)
    curve = f"perfect_information_curve(decision_curves(found.draws, {THRESHOLDS_CODE}))"
    steps = [
        _BENEFIT,
        f"learnt = value_of_input(benefit, {{{name}: found.inputs[{name}]}})",
        f"spread = {spread[0]!r}, {spread[1]!r}  # of the effect: as known now, and of one patient",
        "value = value_of_study(learnt, prior_sd=spread[0], patient_sd=spread[1], patients=study_sizes())",
    ]
    functions: Functions = [value_of_input, value_of_study, study_sizes, net_benefit_of_study]
    return (
        valuation_code(fitted, asked, curve, [decision_curves, perfect_information_curve]),
        valuation_code(fitted, asked, "value_of_each_input(benefit, found.inputs)", [value_of_each_input], [_BENEFIT]),
        valuation_code(fitted, asked, "net_benefit_of_study(value, study)", functions, steps, {"study": plan}),
    )
