"""Assurance of a trial with looks: how likely it is to succeed where the effect is only known to lie within a range."""

from functools import partial

import pandas as pd

from ite.charts.design_size import assurance_chart
from ite.charts.reading_assurance import assurance_method, assurance_sentence, assurance_title
from ite.design.fixed.effect_range import EffectRange
from ite.design.sequential.assurance import sequential_assurance_curve
from ite.design.sequential.planned_looks import patients_to_enrol
from pages.panels.design.looks_result import Looked
from pages.panels.design.size_assurance import HOW_TO_READ, ask
from pages.ui import figure
from pages.ui.attempt import attempt


def assured(looked: Looked) -> None:
    """Draw the range of the effect, and what it makes of the power."""
    made = ask(looked.trial.endpoint)

    def compute() -> tuple[Looked, EffectRange, pd.DataFrame]:
        believed = made()
        return looked, believed, sequential_assurance_curve(looked.trial, looked.plan, believed)

    found = attempt("looks-assurance", compute)
    if found is not None:
        _show(*found)


def _show(looked: Looked, believed: EffectRange, curve: pd.DataFrame) -> None:
    trial, boundary = looked.trial, looked.design.boundary
    planned = curve[curve["patients"] == sum(patients_to_enrol(trial, looked.plan))].iloc[0]
    block = looked.block(
        "sequential_assurance_curve(trial, plan, believed)",
        (sequential_assurance_curve,),
        curve,
        {"believed": believed},
        key="looks-assurance",
        title=assurance_title(planned),
        sentence=assurance_sentence(trial.endpoint, believed, planned),
        **figure.drawn(partial(assurance_chart, curve, planned)),
        method=assurance_method(trial.endpoint, boundary.alpha, looks=boundary.looks),
        how_to_read=HOW_TO_READ,
    )
    figure.show(block, "assurance")
