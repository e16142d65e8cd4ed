"""How many more good outcomes the ranking brings, for an outcome of two levels."""

from functools import partial

from ite.charts.evidence_responders import responder_chart
from ite.charts.reading import has_ranking
from ite.charts.reading_evidence import responders_sentence
from ite.evaluation.outcome_ranking import responder_curve, responder_measures
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from pages.ui import figure
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
Take patients in the order of predicted benefit. The solid line counts the good outcomes that treatment adds among \
those taken, the dashed line those of a random order. The further apart, the better the order.

AUUC is the area below such a curve; the c-for-benefit is how often two matched pairs of patients are ordered as their \
outcomes are. It measures order, not size, depends on how pairs are matched, and can be high for poor predictions.

The order is pooled over folds, which makes intervals of these figures invalid, so there are none. The targeting curve \
above has a valid band."""


def responders(analysed: Analysed) -> None:
    """Draw the Qini curve of a two-level outcome; nothing for another outcome, or where nobody is ranked."""
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    if trial.outcome_kind != "binary" or not has_ranking(analysed.evidence, arm):
        return
    measures = responder_measures(trial, effects, arm)
    curve = responder_curve(trial, effects, arm)

    block = ResultBlock(
        key="responders",
        title="How many good outcomes does the ranking add?",
        sentence=responders_sentence(measures),
        **figure.drawn(partial(responder_chart, curve, arm, trial.arms)),
        data=measures,
        method=f"{analysed.method} Qini curve and AUUC of {arm} against control, out-of-fold order, descriptive.",
        code=estimate_code(
            analysed.source,
            trial.roles,
            effects.spec,
            shown=f"ite.evaluation.outcome_ranking.responder_measures(trial, effects, {literal(arm)})",
        ),
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
    figure.show(block, "responders")
