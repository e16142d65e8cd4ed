"""Could these patients have had either arm, and does weighting make the arms alike: for observational data."""

from functools import partial

from ite.charts.overlap import love_plot, overlap_chart
from ite.charts.reading_overlap import balance_sentence, weights_sentence
from ite.evaluation.covariate_balance import covariate_balance, probability_bins, weights_by_arm
from ite.report.block import ResultBlock
from ite.report.code import estimate_code
from ite.report.literal import literal
from pages.ui import figure
from pages.ui.analysed import Analysed

_OVERLAP = """\
Each line shows, for the patients who had one arm, how probable the other arm's treatment was for patients with their \
covariates. Where the lines lie over each other, patients of both arms can be compared; where only one line is, \
nobody knows what the other arm would have done.

Patients with too small a chance of some arm were left out before anything was estimated: every effect on these pages \
is about the others only. The least chance is a setting in the sidebar.

A patient with a small chance of the own arm stands for many. The effective number says how many patients of a \
randomised trial would tell as much."""
_BALANCE = """\
A diamond shows how far a covariate's average differs between the arms as they were, in standard deviations; a dot \
shows the same after each patient was weighted by one over the probability of the own arm. The dashed lines are at \
0.1, beyond which a difference is usually called imbalance.

The scores adjust for these covariates by an outcome model as well, so that a small difference that is left matters \
less than here. What was not measured cannot be seen here: two arms may look alike and still differ in why they were \
treated."""


def overlap(analysed: Analysed) -> None:
    """Draw the overlap of the arms and the balance of the covariates; nothing where treatment was drawn."""
    if analysed.trial.roles.design != "observational":
        return
    _overlap(analysed)
    _balance(analysed)


def _overlap(analysed: Analysed) -> None:
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    bins, weights = probability_bins(trial, effects, arm), weights_by_arm(trial, effects)
    asked = "ite.evaluation.covariate_balance.weights_by_arm(trial, effects)"
    figure.show(
        ResultBlock(
            key="overlap",
            title="Could these patients have had either arm?",
            sentence=weights_sentence(weights, arm, trial.control, effects.population),
            **figure.drawn(partial(overlap_chart, bins, arm, trial.arms)),
            data=weights.reset_index(),
            method=f"{analysed.method} {' '.join(effects.notes[:1])}".strip(),
            code=estimate_code(analysed.source, trial.roles, effects.spec, shown=asked),
            how_to_read=_OVERLAP,
            provenance=analysed.provenance(),
        ),
        "overlap",
    )


def _balance(analysed: Analysed) -> None:
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    table = covariate_balance(trial, effects, arm)
    asked = f"ite.evaluation.covariate_balance.covariate_balance(trial, effects, {literal(arm)})"
    figure.show(
        ResultBlock(
            key="balance",
            title="Does weighting make the arms alike?",
            sentence=balance_sentence(table),
            **figure.drawn(partial(love_plot, table, arm, trial.control)),
            data=table,
            method=analysed.method,
            code=estimate_code(analysed.source, trial.roles, effects.spec, shown=asked),
            how_to_read=_BALANCE,
            provenance=analysed.provenance(),
        ),
        "balance",
    )
