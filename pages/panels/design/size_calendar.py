"""When the events of a trial of event times are expected."""

from functools import partial

from ite.charts.design_size import calendar_chart
from ite.charts.reading_design import calendar_sentence, size_method
from ite.design.fixed.trial_size import OneAnalysis, TrialSize, size_trial, trial_calendar
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.ui import figure, origin

_HOW_TO_READ = """\
The lines are what is expected under the assumed effect: patients enrolled, and events seen in both arms together. The \
vertical line is the analysis.

A log-rank test counts events, not patients. More patients or a longer follow-up give the same events: the flatter the \
curve at the analysis, the more months a few missing events cost.

A real trial runs beside these lines: accrual is seldom even, and hazards change over time."""


def calendar(trial: OneAnalysis, size: TrialSize) -> None:
    """Draw patients and events by month, for event times only."""
    if trial.control_median_months is None:
        return
    course = trial_calendar(trial, size.n_total)

    block = ResultBlock(
        key="trial-calendar",
        title="When the events come",
        sentence=calendar_sentence(trial, size),
        **figure.drawn(partial(calendar_chart, course, size)),
        data=course,
        method=size_method(trial, size),
        code=design_code(
            {"trial": trial},
            [size_trial, trial_calendar],
            "trial_calendar(trial, size.n_total)",
            ["size = size_trial(trial)"],
        ),
        how_to_read=_HOW_TO_READ,
        provenance=origin.typed(trial),
    )
    figure.show(block, "calendar")
