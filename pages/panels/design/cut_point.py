"""Cut-point adaptive design: everybody is tested first, then the best of several cuts of a marker."""

from collections.abc import Callable
from functools import partial
from math import isnan

import streamlit as st

from ite.charts.design_other import named, probability_chart, threshold_table
from ite.charts.number_words import percent_words, share_words
from ite.design.alternatives.adaptive_threshold import (
    AdaptiveThreshold,
    AdaptiveThresholdCharacteristics,
    adaptive_threshold_characteristics,
)
from ite.design.alternatives.marker_cut import MarkerCut
from ite.design.alternatives.marker_effect import MarkerEffect
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.cut_point_fixed import fixed_cut_block
from pages.panels.design.other_fields import level, power, resources, seed, whole
from pages.panels.design.other_reading import reading
from pages.panels.design.size_fields import number, slider
from pages.ui import figure, origin

_HOW_TO_READ = """\
Each bar is the probability that the trial ends with a claim for these patients. "Any claim" stands beside the power \
of a trial that tests everybody once at the whole level: the difference is what looking for a cut gains, or costs \
where everybody benefits alike. Figures without ± are exact; the others are simulated, and after ± stands the \
Monte-Carlo standard error.

A claim for the top 40 % is a claim about their average. The cut that the data choose is uncertain, and the estimate \
above it is flattered by the choice; the sentence says by how much."""
_SHAPES = {"A step": "step", "A straight line": "line"}


def ask() -> Callable[[], tuple[ResultBlock, ...]]:
    """Draw the inputs; return what makes the result."""
    shape = str(
        st.selectbox(
            "Effect along the marker", list(_SHAPES), key="cp-shape", bind="query-params", help="By percentile."
        )
    )
    low = number("Effect at low values", 0.0, "cp-low", "Difference of means; positive is benefit.", step=0.05)
    high = number("Effect at high values", 0.5, "cp-high", "In the same units.", step=0.05)
    change = 0.5
    if shape == "A step":
        change = slider(
            "The step is at percentile", (5, 95), 50, "cp-change", "Patients above it have the high effect."
        )
    total = whole("Patients", (4, 100_000), 400, "cp-patients", "Both arms together.")
    with st.expander("Level, spread, simulation"):
        sd = number("Standard deviation", 1.0, "cp-sd", "Of the outcome, within an arm.", step=0.1)
        alpha = level("cp")
        part = slider("Share of the level for everybody", (10, 99), 80, "cp-part", "The rest is for the cuts.")
        start = seed("cp")
    with st.expander("A cut fixed beforehand"):
        wanted, means = power("cp"), resources("cp")

    def make() -> tuple[ResultBlock, ...]:
        effect = MarkerEffect(shape=_SHAPES[shape], low=low, high=high, change=change)
        spec = AdaptiveThreshold(
            n_total=total,
            effect=effect,
            sd=sd,
            alpha=alpha,
            alpha_full=round(part * alpha, 12),
            seed=start,
        )
        found = _block(adaptive_threshold_characteristics(spec))
        if not effect.has_benefit:
            return (found,)
        fixed = MarkerCut(effect=effect, sd=sd, alpha=alpha, power=wanted, resources=means())
        return found, fixed_cut_block(fixed)

    return make


def _block(found: AdaptiveThresholdCharacteristics) -> ResultBlock:
    table = threshold_table(found)
    return ResultBlock(
        key="cut-point-adaptive",
        title=_title(found),
        sentence=_sentence(found),
        data=named(table),
        method=f"{found.method} {found.spec.trials:,} simulated trials, seed {found.spec.seed}.",
        code=design_code(
            {"spec": found.spec},
            [adaptive_threshold_characteristics, threshold_table, named],
            "named(threshold_table(adaptive_threshold_characteristics(spec)))",
        ),
        how_to_read=reading(_HOW_TO_READ, found.assumptions),
        provenance=origin.typed(found.spec, seed=found.spec.seed),
        **figure.drawn(partial(probability_chart, table, "Probability of a claim")),
    )


def _title(found: AdaptiveThresholdCharacteristics) -> str:
    gain = found.claims["any"] - found.claims["one test in everybody"]
    verb = "gains" if gain >= 0 else "costs"
    return f"Looking for a cut {verb} {abs(100 * gain):.1f} points of power"


def _sentence(found: AdaptiveThresholdCharacteristics) -> str:
    claims = found.claims
    first = (
        f"{percent_words(claims['any'])} of such trials end with a claim, {percent_words(claims['above a cut'])} with "
        f"one for patients above a cut only; one test in everybody at {share_words(found.spec.alpha)} finds the "
        f"benefit in {percent_words(claims['one test in everybody'])}."
    )
    if isnan(found.bias):
        return f"{first} No simulated trial made a claim."
    return (
        f"{first} What is claimed looks better than it is by {found.bias:.3f} ± {found.estimate_se:.3f} on average "
        f"(true mean {found.truth:.3f})."
    )
