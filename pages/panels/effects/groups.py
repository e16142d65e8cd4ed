"""Are some groups harmed while others benefit."""

from functools import partial

import pandas as pd
import streamlit as st

from ite.charts.evidence_rows import groups_chart
from ite.charts.reading_evidence import groups_sentence
from ite.evaluation.group_interaction import effects_by_group, with_tests
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.attempt import attempt

_HOW_TO_READ = """\
Each row is the average effect of one group, from the doubly robust scores of its patients; the bar is a plain 95 % \
interval. Left of zero is harm.

Gail and Simon's test asks for the worst: that treatment harms some groups and helps others. A negative point alone \
does not show it, for with several groups one of them often looks harmed by chance. Effects that differ in size but \
not in sign are the question of the other p-value.

Both p-values hold for groups that were named before the data were seen. For groups picked from this list afterwards \
they are too small: then read the chart as a question for the next trial."""


def groups(analysed: Analysed) -> None:
    """Draw the effect by group of a column, with the test of a qualitative interaction."""
    trial, arm = analysed.trial, analysed.arm
    st.header("Are some groups harmed while others benefit?", anchor=False)
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    offered = list(dict.fromkeys([*trial.roles.protected, *trial.roles.covariates]))
    by = left.selectbox(
        "Groups by",
        offered,
        key=f"groups-{trial.digest[:8]}",
        persist_state="session",
        help="Levels of a category; a number of many values is cut into thirds.",
    )
    declared = right.checkbox(
        "These groups were named before the data were seen", key=f"groups-declared-{trial.digest[:8]}-{by}"
    )
    place = f"groups-{trial.digest}-{analysed.effects.spec.model_dump_json()}-{arm}"
    found = attempt(place, lambda: (str(by), effects_by_group(trial, analysed.effects, arm, str(by))))
    if found is not None:
        figure.show(_block(analysed, *found, declared=declared), "groups")


def _block(analysed: Analysed, by: str, table: pd.DataFrame, *, declared: bool) -> ResultBlock:
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    call = f"{effects_by_group.__name__}(trial, effects, {literal(arm)}, {literal(by)})"
    call = f"ite.evaluation.group_interaction.{call}"
    return ResultBlock(
        key="effect-by-group",
        title=f"The effect of {arm} by {by}",
        sentence=groups_sentence(with_tests(table)) if declared else _UNTESTED,
        **figure.drawn(partial(groups_chart, table, arm, trial.arms, effects.scale)),
        data=with_tests(table) if declared else table,
        method=f"{analysed.method} Mean score of each group of at least 10 patients per arm.",
        code=estimate_code(
            analysed.source,
            trial.roles,
            effects.spec,
            shown=f"ite.evaluation.group_interaction.with_tests({call})" if declared else call,
        ),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
        exploratory=not declared,
    )


_UNTESTED = (
    "No p-value: these groups were not named before the data were seen, "
    "and one of several often looks harmed by chance."
)
