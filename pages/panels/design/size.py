"""How many patients: the size of a trial with one analysis, and what becomes of it if the effect is smaller."""

from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from ite.charts.design_size import power_chart
from ite.charts.reading_design import size_method, size_sentence, size_title
from ite.design.fixed.trial_size import OneAnalysis, TrialSize, power_curve, size_trial
from ite.design.fixed.what_if import WhatIf, what_if
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from ite.report.literal import literal
from pages.panels.design.size_assumptions import assumptions
from pages.panels.design.size_assurance import assured
from pages.panels.design.size_calendar import calendar
from pages.panels.design.size_fields import slider
from pages.ui import figure, origin
from pages.ui.attempt import attempt

_HOW_TO_READ = """\
Each curve is the probability that a trial of so many patients shows the benefit. The solid curve holds if the effect \
is as large as assumed, the dashed one if it is smaller. The dot is the trial in the title.

An assumed effect is often a hope. The distance between the curves says what that hope is worth: a trial that is large \
enough for the dashed curve needs many more patients."""


@dataclass(frozen=True, kw_only=True)
class Sized:
    """A size with everything that is said about it."""

    trial: OneAnalysis
    size: TrialSize
    otherwise: WhatIf
    curve: pd.DataFrame


def draw() -> None:
    """Draw the inputs and, beside them, the size."""
    left, right = st.columns([4, 9], gap="large")
    with left:
        made = assumptions()
        weaker = slider(
            "What if the effect is only …",
            (30, 95),
            75,
            "weaker",
            "Share of the assumed effect; draws the second curve.",
        )

    def compute() -> Sized:
        trial = made()
        size = size_trial(trial)
        otherwise = what_if(trial, size, weaker=weaker)
        return Sized(trial=trial, size=size, otherwise=otherwise, curve=power_curve(trial, size.n_total, (1.0, weaker)))

    with right:
        sized = attempt("size", compute)
        if sized is not None:
            figure.show(_block(sized), "size")
            calendar(sized.trial, sized.size)
            assured(sized.trial, sized.size)


def _block(sized: Sized) -> ResultBlock:
    trial, size = sized.trial, sized.size

    return ResultBlock(
        key="trial-size",
        title=size_title(trial, size),
        sentence=size_sentence(trial, size, sized.otherwise),
        **figure.drawn(partial(power_chart, sized.curve, trial, size)),
        data=sized.curve,
        method=size_method(trial, size),
        code=design_code(
            {"trial": trial},
            [size_trial, power_curve],
            f"power_curve(trial, size.n_total, {literal((1.0, sized.otherwise.weaker))})",
            ["size = size_trial(trial)"],
        ),
        how_to_read=_HOW_TO_READ,
        provenance=origin.typed(trial),
    )
