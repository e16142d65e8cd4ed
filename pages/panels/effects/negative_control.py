"""Does an outcome differ that treatment cannot change: for observational data."""

from functools import partial

import pandas as pd
import streamlit as st

from ite.charts.effects import average_effect_chart
from ite.charts.reading_confounding import negative_control_sentence
from ite.charts.scale import effect_unit
from ite.estimation.result import EffectEstimate
from ite.evaluation.second_outcome import second_effects, second_outcome_roles, second_outcome_spec
from ite.report.block import ResultBlock
from ite.report.evidence_code import negative_control_code
from ite.trial.columns import is_number
from ite.trial.data import TrialData
from ite.trial.labels import spoken
from pages.ui import figure, jobs
from pages.ui.analysed import Analysed
from pages.ui.attempt import attempt
from pages.ui.fields import choice
from pages.ui.whole_file import whole_file

_NONE = "none yet"
_CONTROL = """\
A negative control is an outcome that the treatment cannot change, such as an accident before it was given, but that \
would differ between the arms if they differ in what was not measured. Its effect is estimated in the same way as that \
of the outcome itself, so that it should be 0.

An interval that holds 0 is no proof: the confounder that matters may have nothing to do with this control."""


def negative_control(analysed: Analysed) -> None:
    """Ask for an outcome that treatment cannot change and draw its effect; nothing where treatment was drawn."""
    if analysed.trial.roles.design != "observational":
        return
    st.header("Does an outcome differ that treatment cannot change?", anchor=False)
    table = whole_file()
    left = [] if table is None else _controls(table, analysed.trial)
    if table is None or not left:
        st.info("No column of the file is left that could be a negative control: numbers without a part.")
        return
    about = "A column of numbers that the treatment cannot have changed, such as an accident before it was given."
    column = choice("Negative control", [_NONE, *left], f"control-{analysed.trial.digest[:8]}", about)
    if column == _NONE:
        return
    asked = {"column": column, "higher_is_better": True}
    given = attempt(f"control-{analysed.trial.digest}-{column}", partial(_with_control, analysed, table, column))
    if given is None:
        return
    spec = second_outcome_spec(analysed.effects.spec)
    found = jobs.run(f"control-{given.digest[:16]}-{spec.model_dump_json()}", second_effects, given, spec).result
    if isinstance(found, EffectEstimate):
        figure.show(_control_block(analysed, asked, found), "negative-control")


def _with_control(analysed: Analysed, table: pd.DataFrame, column: str) -> TrialData:
    """Return the analysed patients with the control as their outcome."""
    roles = second_outcome_roles(analysed.trial.roles, column=column, higher_is_better=True)
    return analysed.effects.patients_of(TrialData.from_frame(table, roles, name=analysed.trial.name))


def _controls(table: pd.DataFrame, trial: TrialData) -> list[str]:
    taken = set(trial.roles.columns)
    return [str(name) for name in table.columns if str(name) not in taken and is_number(table[name])]


def _control_block(analysed: Analysed, asked: dict[str, object], found: EffectEstimate) -> ResultBlock:
    trial, arm, outcome = analysed.trial, analysed.arm, spoken(str(asked["column"]))
    return ResultBlock(
        key="negative-control",
        title=f"Effect of {arm} on {outcome}, which it cannot have changed",
        sentence=negative_control_sentence(found.ate, effect_unit(found.scale), arm, outcome),
        **figure.drawn(partial(average_effect_chart, found, trial.arms, only=arm)),
        data=found.ate.rename_axis("arm").reset_index(),
        method=f"{analysed.method} The control by its own cross-fitted scores.",
        code=negative_control_code(analysed.source, trial.roles, analysed.effects.spec, asked, found.spec),
        how_to_read=_CONTROL,
        provenance=analysed.provenance(found.spec),
    )
