"""How large is the effect on average."""

from functools import partial

from ite.charts.effects import average_effect_chart
from ite.charts.reading import average_sentence
from ite.evaluation.simultaneous_average import simultaneous_averages
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from pages.ui import causality, figure
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
The point is the average effect over the patients of this trial, compared with control; the bar is its 95 % interval. \
Positive is benefit, whatever the coding of the outcome. A bar that crosses zero does not rule out that the treatment \
does nothing on average.

The interval covers what another sample of patients like these could have shown. It says nothing about patients unlike \
those in the trial.

The average can hide patients who benefit more and patients who benefit less: the verdict above is about that."""


def average(analysed: Analysed) -> None:
    """Draw the average effect of each arm with its interval."""
    effects, trial = analysed.effects, analysed.trial
    several = len(effects.ate) > 1  # then also limits that hold for all arms together
    table = simultaneous_averages(effects) if several else effects.ate
    together = "ite.evaluation.simultaneous_average.simultaneous_averages(effects)"

    block = ResultBlock(
        key="average-effect",
        title="The average effect",
        sentence=average_sentence(effects, analysed.arm, trial.control),
        **figure.drawn(partial(average_effect_chart, effects, trial.arms)),
        data=table.rename_axis("arm").reset_index(),
        method=f"{analysed.method} {' '.join(effects.notes)}".strip(),
        code=estimate_code(analysed.source, trial.roles, effects.spec, shown=together if several else "effects.ate"),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "average")
    causality.button("effects")
