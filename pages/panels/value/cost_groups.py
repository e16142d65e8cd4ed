"""Cost-effectiveness by group, and what deciding by group is worth beside what noise alone would show."""

from functools import partial

import streamlit as st

from ite.charts.reading_value_cost_trial import groups_sentence, heterogeneity_sentence
from ite.charts.value_cost_tables import groups_table, heterogeneity_table
from ite.charts.value_cost_uncertain import groups_chart
from ite.report.block import ResultBlock
from ite.report.literal import literal
from ite.report.value_cost_code import valuation_code
from ite.value.chance_heterogeneity import chance_heterogeneity
from ite.value.subgroup_choice import heterogeneity_value, subgroup_table
from pages.panels.value.cost_trial_found import Valued
from pages.ui import figure
from pages.ui.analysed import Analysed

_GROUPS = """\
One row for everybody, then one per group: the average net monetary benefit with its 95 % interval, the price per \
QALY where it has a meaning, and whether the group is covered, which is where the average is above 0.

A bad buy for everybody can be a good buy for some, and the other way round. Groups looked at for the first time here \
differ by chance as well: see below what noise alone would show, and on the Effects page whether effects differ at all.

An interval of a group is taken one at a time, and each group is judged by its own patients alone."""
_VALUES = """\
The static value is what is gained by deciding in each group by what is known today. It is read from the groups' \
estimates, so that noise alone makes it larger than nothing: the rows below it say what trials as small as this one \
would show if all groups had the same effect.

The dynamic value is what is gained once all uncertainty is resolved, over one decision for all that knows everything \
too. It may be smaller than the static value, which is no error: decisions by group can leave less to learn."""


def groups(shown: Analysed, valued: Valued, arm: str) -> None:
    """Draw the groups and the value of telling them apart; without groups, say what to choose."""
    if valued.asked.by is None:
        st.info("Everybody is one group so far. Choose a column under Groups to see for whom it is worth its price.")
        return
    _by_group(shown, valued, arm)
    _values(shown, valued)


def _by_group(shown: Analysed, valued: Valued, arm: str) -> None:
    asked, control = valued.asked, shown.trial.control
    found = subgroup_table(valued.found.draws, arm, control, asked.willingness_to_pay.value)
    step = f"rows = subgroup_table(found.draws, {literal(arm)}, {literal(control)}, asked.willingness_to_pay.value)"
    fitted = (shown.source, shown.trial.roles, shown.effects.spec)
    title = f"For whom is it worth its price, by {asked.by}?"
    figure.show(
        ResultBlock(
            key="cost-groups",
            title=title,
            sentence=groups_sentence(found, asked.willingness_to_pay, arm),
            **figure.drawn(partial(groups_chart, found, asked.willingness_to_pay)),
            data=groups_table(found, asked.willingness_to_pay),
            method=f"{shown.method} {valued.method}",
            code=valuation_code(
                fitted,
                asked,
                "groups_table(rows, asked.willingness_to_pay)",
                [groups_table, subgroup_table],
                [step],
            ),
            how_to_read=_GROUPS,
            provenance=shown.provenance(asked),
        ),
        "cost-groups",
    )


def _values(shown: Analysed, valued: Valued) -> None:
    asked, threshold = valued.asked, valued.asked.willingness_to_pay
    worth = heterogeneity_value(valued.found.draws, threshold.value)
    chance = chance_heterogeneity(valued.found.group_effects, asked.treatment, threshold.value)
    steps = [
        "worth = heterogeneity_value(found.draws, asked.willingness_to_pay.value)",
        "chance = chance_heterogeneity(found.group_effects, asked.treatment, asked.willingness_to_pay.value)",
    ]
    figure.show(
        ResultBlock(
            key="cost-heterogeneity",
            title="What is deciding by group worth?",
            sentence=heterogeneity_sentence(worth, chance, threshold),
            alt="Table of the static and dynamic value of heterogeneity, with what noise alone would show",
            data=heterogeneity_table(worth, chance, threshold),
            method=f"{shown.method} {valued.method}",
            code=valuation_code(
                (shown.source, shown.trial.roles, shown.effects.spec),
                asked,
                "heterogeneity_table(worth, chance, asked.willingness_to_pay)",
                [heterogeneity_table, heterogeneity_value, chance_heterogeneity],
                steps,
            ),
            how_to_read=_VALUES,
            provenance=shown.provenance(asked),
        ),
        "cost-heterogeneity",
    )
