"""Umbrella and platform trials: several treatments against one shared control."""

from collections.abc import Callable
from functools import partial
from math import ceil
from typing import Literal

import streamlit as st

from ite.charts.design_other import platform_table, probability_chart
from ite.charts.reading_design import percent_words, share_words
from ite.design.alternatives.shared_control import (
    SharedControl,
    SharedControlCharacteristics,
    shared_control_characteristics,
    shared_control_size,
)
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.other_fields import level, numbers, power, whole
from pages.panels.design.other_reading import reading
from pages.panels.design.size_fields import number
from pages.ui import figure, origin

_HOW_TO_READ = """\
Each pair of bars is one comparison with control: in this trial, and in a two-arm trial of its own that gets an equal \
part of the same patients and is tested at the same critical value. One control for all leaves more patients for every \
comparison.

The comparisons share their control, so they succeed and fail together more often than separate trials: "at least one" \
and "all of them" allow for it. With several comparisons the chance of some false claim grows unless the tests are \
adjusted; the sentence gives both figures.

In an umbrella the arms are filled by marker, and the rarest marker decides how many must be screened."""
_SIZES: dict[str, Literal["each", "any", "all"] | None] = {
    "Patients typed": None,
    "Power of each": "each",
    "Power of some": "any",
    "Power of all": "all",
}
_ALLOCATIONS = {"√ number of arms": "sqrt", "As many as an arm": "equal"}
_ADJUSTMENTS = {"Dunnett": "dunnett", "Bonferroni": "bonferroni", "None": "none"}


def ask() -> Callable[[], tuple[ResultBlock, ...]]:
    """Draw the inputs; return what makes the result."""
    effects = numbers("Effects of the treatments", "0.4, 0.4, 0.3", "pf-effects", "Differences of means, one for each.")
    shares = numbers(
        "Their markers (%)", "", "pf-shares", "Umbrella: prevalence of each arm's marker. Empty: no marker."
    )
    by = str(
        st.selectbox("Size", list(_SIZES), key="pf-size", bind="query-params", help="Given, or found for a power.")
    )
    total, wanted = 600, 0.9
    if _SIZES[by] is None:
        total = whole("Patients", (4, 1_000_000), 600, "pf-patients", "All arms together.")
    else:
        wanted = power("pf")
    ratio = str(st.selectbox("Control patients", list(_ALLOCATIONS), key="pf-ratio", bind="query-params", help=_RATIO))
    adjustment = str(st.selectbox("Adjustment", list(_ADJUSTMENTS), key="pf-adjust", bind="query-params", help=_ADJUST))
    with st.expander("Level and spread"):
        alpha = level("pf")
        sd = number("Standard deviation", 1.0, "pf-sd", "Of the outcome, within an arm.", step=0.1)

    def make() -> tuple[ResultBlock, ...]:
        spec = SharedControl(
            n_total=total,
            effects=effects(),
            prevalences=tuple(share / 100 for share in shares()) or None,
            sd=sd,
            allocation=_ALLOCATIONS[ratio],
            adjustment=_ADJUSTMENTS[adjustment],
            alpha=alpha,
        )
        if (criterion := _SIZES[by]) is not None:
            spec = spec.model_copy(update={"n_total": float(ceil(shared_control_size(spec, wanted, criterion)))})
        return (_block(shared_control_characteristics(spec)),)

    return make


_RATIO = "For each patient of one treatment arm. The root makes the comparisons most precise."
_ADJUST = "Dunnett and Bonferroni hold the chance of any false claim; none tests each at the whole level."


def _block(found: SharedControlCharacteristics) -> ResultBlock:
    table = platform_table(found)
    return ResultBlock(
        key="shared-control",
        title=_title(found),
        sentence=_sentence(found),
        data=table,
        method=f"Critical value {found.critical:.3f} for each comparison. {found.method}",
        code=design_code(
            {"spec": found.spec},
            [shared_control_characteristics, platform_table],
            "platform_table(shared_control_characteristics(spec))",
        ),
        how_to_read=reading(_HOW_TO_READ, found.assumptions),
        provenance=origin.typed(found.spec),
        **figure.drawn(partial(probability_chart, table, "Power")),
    )


def _title(found: SharedControlCharacteristics) -> str:
    return f"{found.spec.n_total:,.0f} patients: {percent_words(found.power_any)} to show at least one treatment"


def _sentence(found: SharedControlCharacteristics) -> str:
    arms = f"{found.arms['n'].iloc[0]:,.1f} patients in each treatment arm and {found.n_control:,.1f} under control."
    errors = (
        f"Without any effect some comparison succeeds in {share_words(round(found.family_wise_error, 4))} of trials "
        f"({share_words(round(found.family_wise_error_unadjusted, 4))} unadjusted)."
    )
    if found.spec.prevalences is None:
        return f"{arms} {errors}"
    screens = f"{ceil(found.screened):,} are screened until the rarest arm is full; {share_words(found.eligible)} fit."
    return f"{arms} {errors} {screens}"
