"""What those who gain most pay for it: a second outcome of the same patients."""

from functools import partial

import streamlit as st

from ite.charts.evidence_plane import plane_chart
from ite.charts.reading_evidence import plane_sentence
from ite.charts.scale import effect_unit
from ite.estimation.result import EffectEstimate
from ite.evaluation.benefit_and_harm import benefit_and_harm
from ite.evaluation.second_outcome import second_effects, second_outcome_roles, second_outcome_spec
from ite.report.block import ResultBlock
from ite.report.evidence_code import second_outcome_code
from ite.trial.data import TrialData
from pages.panels.effects.plane_inputs import SecondOutcome, ask
from pages.ui import figure, jobs
from pages.ui.analysed import Analysed
from pages.ui.attempt import attempt
from pages.ui.whole_file import whole_file

_TITLE = "What do those who gain most pay for it?"
_HOW_TO_READ = """\
Each circle is a fifth of patients by predicted benefit on the first outcome, 5 being those with most; the diamond is \
everybody. To the right is benefit on the first outcome, upwards benefit on the second, whatever their coding: below \
the horizontal line the treatment does harm on the second outcome.

A fifth to the lower right gains on the first outcome and pays on the second. Whether that is worth it depends on how \
the two are weighed, which no chart can say: see the decision desk on the Value page.

The second outcome is judged in the same way as the first, by scores of patients that the ranking had not seen. Each \
interval is 95 % by itself."""


def plane(analysed: Analysed) -> None:
    """Draw the plane of two outcomes, once a second one is chosen."""
    st.header(_TITLE, anchor=False)
    table = whole_file()
    if table is None:
        st.info("The file of this trial is not held in this session, so no second outcome can be read from it.")
        return
    asked = ask(analysed, table)
    if asked is None:
        return
    trial = analysed.trial
    arguments = asked.arguments

    def of_second() -> TrialData:
        roles = second_outcome_roles(trial.roles, **arguments)  # type: ignore[arg-type]
        return analysed.effects.patients_of(TrialData.from_frame(table, roles, name=trial.name))

    second = attempt(f"second-{trial.digest}-{analysed.arm}-{arguments}", of_second)
    if second is None:
        return
    spec = second_outcome_spec(analysed.effects.spec)
    found = jobs.run(f"second-{second.digest[:16]}-{spec.seed}-{spec.folds}", second_effects, second, spec).result
    if isinstance(found, EffectEstimate):
        figure.show(_block(analysed, asked, found), "plane")


def _block(analysed: Analysed, asked: SecondOutcome, second: EffectEstimate) -> ResultBlock:
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    table = benefit_and_harm(effects, second, arm)
    units = analysed.unit, effect_unit(second.scale)
    return ResultBlock(
        key="benefit-and-harm",
        title=f"Effect of {arm} on the first outcome and on {asked.words}",
        sentence=plane_sentence(table, units, arm, asked.words),
        **figure.drawn(partial(plane_chart, table, units, arm, trial.arms)),
        data=table,
        method=f"{analysed.method} Fifths on sequential folds; second outcome by its own cross-fitted scores.",
        code=second_outcome_code(analysed.source, trial.roles, effects.spec, asked.arguments, second.spec, arm),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(second.spec),
    )
