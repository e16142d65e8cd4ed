"""What an interim estimate says about the end of the trial."""

from functools import partial

import pandas as pd
import streamlit as st

from ite.charts.design_looks import interim_chart
from ite.charts.reading_looks import interim_sentence
from ite.design.sequential.planned_looks import interim_curve, interim_result
from ite.report.literal import literal
from pages.panels.design.looks_result import Looked
from pages.panels.design.size_fields import number
from pages.ui import figure
from pages.ui.attempt import attempt

_HOW_TO_READ = """\
Each line is the probability to show the benefit at the end, given the estimate at the look: if the assumed effect is \
true for the patients to come, if the effect is what the data show so far, or averaged over what the data leave open.

The three differ most where it matters. The assumed effect is a hope, the trend is one noisy number; predictive power \
holds both the number and its noise.

Later looks before the last are left out, so these are approximations where there are several."""


def interim(looked: Looked) -> None:
    """Draw the fields for an interim result and what it says about the end."""
    st.header("What would an interim result say?", anchor=False)
    left, right, _ = st.columns([1, 1, 1])
    looks = list(range(1, looked.design.boundary.looks))
    with left:
        look = st.selectbox("At look", looks, key=f"interim-look-{len(looks)}", bind="query-params")
    with right:
        estimate = _estimate(looked.trial.endpoint.kind)
    said = attempt("interim", lambda: (look, estimate, interim_result(looked.plan, looked.design, look, estimate)))
    if said is not None:
        _show(looked, *said)


def _show(looked: Looked, look: int, estimate: float, said: pd.DataFrame) -> None:
    curve, endpoint = interim_curve(looked.plan, looked.design, look), looked.trial.endpoint

    block = looked.block(
        f"interim_result(plan, design, {look}, {literal(estimate)})",
        (interim_result,),
        said,
        key="interim-result",
        title="Power given an interim estimate",
        sentence=interim_sentence(endpoint, look, estimate, said),
        **figure.drawn(partial(interim_chart, curve, said, endpoint)),
        how_to_read=_HOW_TO_READ,
    )
    figure.show(block, "interim")


def _estimate(kind: str) -> float:
    """Draw the field for the estimate, in units of the endpoint."""
    explained = "What the data show at the look."
    if kind == "means":
        return number("Estimated difference", 0.2, "interim-means", explained, step=0.05)
    if kind == "rates":
        return number("Estimated difference (% points)", 8.0, "interim-rates", explained, step=1.0) / 100.0
    return number("Estimated hazard ratio", 0.85, "interim-hazard-ratio", explained, step=0.05, least=0.01)
