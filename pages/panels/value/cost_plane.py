"""The cost-effectiveness plane of one arm against the comparator."""

from functools import partial

from ite.charts.reading_value_cost_trial import plane_sentence
from ite.charts.value_cost_uncertain import plane_chart
from ite.report.block import ResultBlock
from ite.report.literal import literal
from ite.report.value_cost_code import valuation_code
from ite.value.plane import plane
from pages.panels.value.cost_trial_found import Valued
from pages.ui import figure
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
Each point is one draw of what is not known: to the right treatment brings more QALYs, upwards it costs more. Points \
below the dashed line are worth the price at this willingness to pay; their share is the probability in the sentence. \
The ring is the average.

A price per QALY is given only where treatment is dearer and better, or cheaper and worse. Dearer and better: worth it \
where the price per QALY gained is below the willingness to pay. Cheaper and worse: worth it where what is saved per \
QALY given up is above it. In the other two places words stand, since a ratio would be read wrongly.

Nothing is carried beyond the trial's horizon: a treatment whose benefit lasts longer is worth more than is shown."""


def on_plane(shown: Analysed, valued: Valued, arm: str) -> None:
    """Draw the plane, with the probability of being worth the price."""
    asked, control = valued.asked, shown.trial.control
    found = plane(valued.found.draws, arm, control, asked.willingness_to_pay.value)
    step = f"plane(found.draws, {literal(arm)}, {literal(control)}, asked.willingness_to_pay.value).points"
    figure.show(
        ResultBlock(
            key="cost-plane",
            title="Is it worth its price?",
            sentence=plane_sentence(found, asked.willingness_to_pay, (control, arm)),
            **figure.drawn(partial(plane_chart, found, asked.willingness_to_pay, shown.trial.arms, arm)),
            data=found.points,
            method=f"{shown.method} {valued.method}",
            code=valuation_code((shown.source, shown.trial.roles, shown.effects.spec), asked, step, [plane]),
            how_to_read=_HOW_TO_READ,
            provenance=shown.provenance(asked),
        ),
        "cost-plane",
    )
