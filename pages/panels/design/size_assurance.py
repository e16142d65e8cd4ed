"""Assurance: how likely a size is to succeed where the effect is only known to lie within a range."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from ite.charts.design_size import assurance_chart
from ite.charts.reading_assurance import assurance_method, assurance_sentence, assurance_title
from ite.design.fixed.design import Endpoint
from ite.design.fixed.effect_range import EffectRange, assurance_curve, usual_range
from ite.design.fixed.trial_size import OneAnalysis, TrialSize, size_trial
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.size_fields import suggested
from pages.ui import figure, origin
from pages.ui.attempt import attempt

HOW_TO_READ = """\
The solid line is the usual power: it holds if the assumed effect is true. The dashed line is the assurance, the same \
probability averaged over all effects that the range leaves open, the likely ones counting more. The vertical line is \
the plan.

Power answers "what if we are right?", assurance "how likely are we to succeed?". Where the range is wide, a larger \
trial adds little: it does not make an absent effect appear. A smaller trial that narrows the range first may be the \
better next step.

The range is an opinion, best taken from earlier trials and written down before the size is known."""
_QUESTION = "How likely is success if the effect is uncertain?"
_CHANCE = "One chance in forty that the true effect is {} still. Empty: {} of the assumed effect."
#: Labels and step of the fields, in the unit in which the effect is typed.
_UNITS = {"means": ("difference", 0.05), "rates": ("% points", 1.0), "log_rank": ("hazard ratio", 0.05)}


def ask(endpoint: Endpoint) -> Callable[[], EffectRange]:
    """Draw the fields of the range of the effect; return what makes it."""
    st.header(_QUESTION, anchor=False)
    (unit, step), usual = _UNITS[endpoint.kind], usual_range(endpoint)
    factor = 100.0 if endpoint.kind == "rates" else 1.0
    left, right = st.columns(2)
    with left:
        weakest = suggested(
            f"Weakest plausible effect ({unit})",
            factor * usual.weakest,
            f"weakest-{endpoint.kind}",
            _CHANCE.format("weaker", "half"),
            step=step,
        )
    with right:
        strongest = suggested(
            f"Strongest plausible effect ({unit})",
            factor * usual.strongest,
            f"strongest-{endpoint.kind}",
            _CHANCE.format("stronger", "one and a half"),
            step=step,
        )
    return lambda: EffectRange(weakest=weakest / factor, strongest=strongest / factor)


def assured(trial: OneAnalysis, size: TrialSize) -> None:
    """Draw the range of the effect, and what it makes of the power."""
    made = ask(trial.endpoint)

    def compute() -> tuple[OneAnalysis, TrialSize, EffectRange, pd.DataFrame]:
        believed = made()
        return trial, size, believed, assurance_curve(trial, size.n_total, believed)

    found = attempt("assurance", compute)
    if found is not None:
        figure.show(_block(*found), "assurance")


def _block(trial: OneAnalysis, size: TrialSize, believed: EffectRange, curve: pd.DataFrame) -> ResultBlock:
    planned = curve[curve["patients"] == size.n_total].iloc[0]
    return ResultBlock(
        key="assurance",
        title=assurance_title(planned),
        sentence=assurance_sentence(trial.endpoint, believed, planned),
        **figure.drawn(partial(assurance_chart, curve, planned)),
        data=curve,
        method=assurance_method(trial.endpoint, trial.alpha),
        code=design_code(
            {"trial": trial, "believed": believed},
            [size_trial, assurance_curve],
            "assurance_curve(trial, size.n_total, believed)",
            ["size = size_trial(trial)"],
        ),
        how_to_read=HOW_TO_READ,
        provenance=origin.typed(trial),
    )
