"""The histogram on which a range of patients is brushed."""

import pandas as pd

from ite.charts.effects import benefit_bins, benefit_histogram
from ite.charts.subgroups import biomarker_bins, biomarker_histogram
from ite.charts.theme import Drawing, Theme, arm_colour
from ite.report.block import ResultBlock
from ite.report.code import estimate_code, trial_code
from ite.report.literal import literal
from ite.subgroup.axis import PREDICTED_BENEFIT
from pages.ui import figure
from pages.ui.analysed import Analysed

_HOW_TO_READ = """\
Drag over the bars to set a range of patients apart, then read below how their average effect compares with everybody \
else's. Drag the range to move it, click beside it to clear it. The two fields under the chart do the same by keyboard.

A range that looks striking was found by looking, so the intervals below allow for every range that could have been \
chosen on this axis."""


def histogram(analysed: Analysed, axis: str, values: pd.Series) -> ResultBlock:
    """Return the histogram of an axis, to brush a range of it."""
    trial, effects, arm = analysed.trial, analysed.effects, analysed.arm
    predicted = axis == PREDICTED_BENEFIT

    def chart(theme: Theme) -> Drawing:
        if predicted:
            return benefit_histogram(effects, arm, trial.arms, theme, brush=True)
        return biomarker_histogram(values, axis, theme, colour=arm_colour(arm, trial.arms, theme))

    missing = int(values.isna().sum())
    code = (
        estimate_code(
            analysed.source,
            trial.roles,
            effects.spec,
            shown=f"ite.charts.effects.benefit_bins(effects, {literal(arm)})",
        )
        if predicted
        else trial_code(
            analysed.source, trial.roles, f"ite.charts.subgroups.biomarker_bins(trial.covariates[{literal(axis)}])"
        )
    )
    return ResultBlock(
        key=f"histogram-{axis}",
        title="Set patients apart",
        sentence=f"Drag a range of {axis} on the chart, or type it below; click beside the range to clear it.",
        **figure.drawn(chart),
        data=benefit_bins(effects, arm) if predicted else biomarker_bins(values),
        method=f"n = {len(values) - missing:,}; {missing:,} without a value are in no slice.",
        code=code,
        how_to_read=_HOW_TO_READ,
        provenance=analysed.provenance(),
    )
