"""Response-adaptive randomisation beside 1:1: what patients in the trial gain, and what it costs."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from ite.charts.design_other import allocation_table, named, probability_chart
from ite.design.alternatives.response_adaptive import (
    ResponseAdaptive,
    ResponseAdaptiveComparison,
    compare_response_adaptive,
)
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.other_fields import level, seed, whole
from pages.panels.design.other_reading import reading
from pages.panels.design.response_adaptive_reading import sentence, title
from pages.panels.design.size_fields import number, percent, slider
from pages.ui import figure, origin

_TRIALS = 4_000  # as many as answer while a slider moves
_HOW_TO_READ = """\
Both designs enrol the same patients under the same truth. The adaptive one gives more of them the treatment that \
looks better so far; that is its gain. Its costs: power, because the arms become unequal; trials that go wrong and \
treat most patients with the worse arm; and a type-I error that leaves its level where outcomes change over \
time, since the arms are then filled at different times.

All figures are simulated; after ± stands the Monte-Carlo standard error, and the thin line is the 95 % interval that \
follows from it."""


def ask() -> Callable[[], tuple[ResultBlock, ...]]:
    """Draw the inputs; return what makes the result."""
    control = percent("Rate under control (%)", 30.0, "ra-control", "Of the good outcome.", step=1.0)
    treated = percent("Rate under treatment (%)", 50.0, "ra-treated", "Of the good outcome.", step=1.0)
    total = whole("Patients", (4, 2_000), 200, "ra-patients", "Both arms together; even.")
    trend = number(
        "Time trend (points)",
        0.0,
        "ra-trend",
        "Change of both rates from the first patient to the last, in percentage points.",
        step=5.0,
    )
    with st.expander("Adaptation, level, seed"):
        burn_in = whole("Burn-in per arm", (1, 1_000), 20, "ra-burn", "Patients before the shares adapt.")
        block = whole("Patients per update", (2, 1_000), 20, "ra-block", "Between two updates; even.")
        cap = slider("Smallest share of an arm", (0, 50), 10, "ra-cap", "Of each block, whatever the data say.")
        alpha = level("ra")
        start = seed("ra")

    def make() -> tuple[ResultBlock, ...]:
        spec = ResponseAdaptive(
            n_total=total,
            rate_control=control,
            rate_treatment=treated,
            burn_in=burn_in,
            block=block,
            smallest_share=cap,
            trend=trend / 100,
            alpha=alpha,
            trials=_TRIALS,
            seed=start,
        )
        return (_block(compare_response_adaptive(spec)),)

    return make


def _block(found: ResponseAdaptiveComparison) -> ResultBlock:
    table = allocation_table(found)
    shown = table[table["probability"].notna()]
    return ResultBlock(
        key="response-adaptive",
        title=title(found),
        sentence=sentence(found),
        data=named(table),
        method=f"{found.spec.trials:,} simulated trials of each, seed {found.spec.seed}. {found.method}",
        code=design_code(
            {"spec": found.spec},
            [compare_response_adaptive, allocation_table, named],
            "named(allocation_table(compare_response_adaptive(spec)))",
        ),
        how_to_read=reading(_HOW_TO_READ, found.assumptions),
        provenance=origin.typed(found.spec, seed=found.spec.seed),
        **figure.drawn(partial(probability_chart, shown, "Share of trials, or of patients")),
    )
