"""Who is enrolled and who fails the screen, by protected group."""

from functools import partial

from ite.charts.design_fitted import representation_chart
from ite.charts.number_words import percent_words
from ite.design.fitted.representation import representation
from ite.report.block import ResultBlock
from ite.report.next_trial_code import next_trial_code
from pages.panels.design.fitted_result import Assured
from pages.ui import figure
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
Each pair of bars is a group's share of the source patients and of the patients that the rule would enrol from them. A \
group whose bar shrinks learns less from the next trial, and its patients fail the screen more often; the data hold \
both counts.

A rule that leaves a group out need not be wrong, but somebody must have decided it."""


def groups(shown: Analysed, success: Assured) -> None:
    """Draw the groups of the protected columns; nothing where there are none."""
    table = representation(shown.trial, success.found.design)
    if table.empty:
        return
    least = table.sort_values("ratio", kind="stable").iloc[0].to_dict()
    design, group = success.found.design, f"{str(least['column']).replace('_', ' ')} {least['group']}"
    block = ResultBlock(
        key="representation",
        title=(
            "Every group is represented as in the source trial"
            if design.enrolment.share == 1.0
            else f"Least represented: {group}, {least['ratio']:.2f} times its share"
        ),
        sentence=(
            f"Of the enrolled {percent_words(least['enrolled_share'])} are {group}, of the "
            f"source patients {percent_words(least['source_share'])}; {least['screen_failures']:,.0f} of "
            f"{least['screened']:,.0f} such patients who would be screened fail."
        ),
        data=table,
        method=f"{design.source_n:,} source patients; the next trial enrols {design.enrolment.words}.",
        code=next_trial_code(
            shown.source,
            shown.trial.roles,
            shown.effects.spec,
            success.asked,
            "representation(trial, design)",
            [representation],
        ),
        how_to_read=_HOW_TO_READ,
        provenance=shown.provenance(success.asked),
        **figure.drawn(partial(representation_chart, table)),
    )
    figure.show(block, block.key)
