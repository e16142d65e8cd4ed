"""A rule of one or two questions that a reader can follow, and what it costs to be so simple."""

import streamlit as st

from ite.allocation.policy_tree import PolicyTreeSpec
from ite.allocation.policy_value import PolicyRule, policy_rule
from ite.allocation.spec import AllocationSpec
from ite.charts.allocation_tables import leaves_table
from ite.charts.reading_allocation import rule_sentence
from ite.report.allocation_code import rule_code
from ite.report.block import ResultBlock
from pages.panels.allocation.fitted_found import Found
from pages.ui import figure, jobs
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
The rule asks one or two questions and offers treatment by the answers. Of all such rules it is the one with the best \
scores, so its own patients flatter it; its worth in the sentence is that of rules made the same way on earlier folds \
and judged on patients they never saw.

The loss is what is given up against serving most predicted benefit first. An interval that holds zero says that the \
short rule is not shown to be worse. Where the budget ends inside a group, its members are drawn by lot. A missing \
value answers no."""


def rule(shown: Analysed, found: Found) -> None:
    """Draw the search for a rule, and the rule."""
    with st.expander("Explain it by a short rule"):
        questions = st.segmented_control(
            "Questions asked", [1, 2], default=2, required=True, key="al-rule-depth", persist_state="session"
        )
        if not st.toggle("Search for the rule", key="al-rule", persist_state="session"):
            st.caption("Tries every rule of so many questions on all covariates: a second or two.")
            return
        spec, asked = found.frontier.spec.of_most_benefit(), PolicyTreeSpec(depth=int(questions))
        place = f"allocation-rule-{hash((found.of, asked.model_dump_json()))}"
        answer = jobs.run(place, policy_rule, shown.trial, shown.effects, spec, asked).result
        if isinstance(answer, PolicyRule):
            figure.show(_block(shown, spec, asked, answer), "allocation-rule")


def _block(shown: Analysed, spec: AllocationSpec, asked: PolicyTreeSpec, answer: PolicyRule) -> ResultBlock:
    return ResultBlock(
        key="allocation-rule",
        title="A rule of few questions",
        sentence=rule_sentence(answer, shown.unit),
        alt="Table of the rule's groups of patients with what they are offered",
        data=leaves_table(answer),
        method=f"{shown.method} {answer.method}",
        code=rule_code(shown.source, shown.trial.roles, shown.effects.spec, spec, asked),
        how_to_read=_HOW_TO_READ,
        provenance=shown.provenance(spec),
    )
