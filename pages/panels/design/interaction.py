"""Treatment-by-marker interaction: what it takes to show that two groups of patients benefit differently."""

from collections.abc import Callable
from functools import partial
from math import ceil

from ite.charts.design_interaction import interaction_chart, interaction_curve, interaction_times
from ite.charts.number_words import percent_words, share_words
from ite.design.alternatives.interaction import (
    InteractionSize,
    InteractionSizes,
    InteractionTest,
    interaction_power,
    interaction_size,
)
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.interaction_usual import usual_block
from pages.panels.design.other_fields import level, power
from pages.panels.design.other_reading import reading
from pages.panels.design.size_fields import number, slider
from pages.ui import figure, origin

_CURVE = """\
One curve is the power to show that treatment works on average, the other the power to show that it works better in \
one group than in the other. A trial that is large enough for the first is far too small for the second: "no \
significant interaction" in such a trial says next to nothing.

The dots are the sizes that reach the power asked for."""
_TIMES = """\
How many times the size of a trial for the overall effect is needed to show the interaction. With two groups of equal \
size and an interaction as large as the overall effect it is four times: each group holds half the patients, and a \
difference of two estimates has twice the variance of one. For half as large an interaction it is sixteen times. \
Groups of unequal size need more."""


def ask() -> Callable[[], tuple[ResultBlock, ...]]:
    """Draw the inputs; return what makes the results."""
    share = slider("Marker-positive", (1, 99), 50, "ti-share", "Share of the patients enrolled.")
    carriers = number(
        "Effect with the marker", 0.4, "ti-effect", "Difference of means; positive is benefit.", step=0.05
    )
    others = number("Effect without the marker", 0.2, "ti-effect-out", "In the same units.", step=0.05)
    sd = number("Standard deviation", 1.0, "ti-sd", "Of the outcome, within an arm.", step=0.1)
    wanted = power("ti", 80)
    alpha = level("ti", sides="Two", default=5.0)

    def make() -> tuple[ResultBlock, ...]:
        spec = InteractionSize(
            prevalence=share,
            main_effect=round(share * carriers + (1 - share) * others, 12),
            interaction_effect=round(carriers - others, 12),
            sd=sd,
            alpha_two_sided=alpha,
            power=wanted,
        )
        test = InteractionTest(
            prevalence=share, effect_subgroup=carriers, effect_complement=others, sd=sd, alpha_two_sided=alpha
        )
        sizes = interaction_size(spec)
        blocks = _power_block(sizes, test), usual_block(sizes, test), _times_block(spec)
        return tuple(block for block in blocks if block is not None)

    return make


def _power_block(sizes: InteractionSizes, test: InteractionTest) -> ResultBlock:
    spec, curve = sizes.spec, interaction_curve(sizes.spec)
    usual = interaction_power(test, max(4, ceil(sizes.n_main)))
    return ResultBlock(
        key="interaction-power",
        title=_title(sizes.ratio),
        sentence=_sentence(sizes, usual.power),
        data=curve,
        method=f"Two-sided level {share_words(spec.alpha_two_sided)}. {sizes.method}",
        code=design_code({"spec": spec}, [interaction_curve], "interaction_curve(spec)"),
        how_to_read=reading(_CURVE, sizes.assumptions),
        provenance=origin.typed(spec),
        **figure.drawn(partial(interaction_chart, curve, spec)),
    )


def _sentence(sizes: InteractionSizes, usual: float) -> str:
    spec = sizes.spec
    return (
        f"{ceil(sizes.n_main):,} patients show the average effect of {spec.main_effect:.4g} with a power of "
        f"{share_words(spec.power)}, and the difference of {abs(spec.interaction_effect):.4g} between the groups with "
        f"one of {percent_words(usual)}. For {share_words(spec.power)} that takes {ceil(sizes.n_interaction):,}."
    )


def _title(ratio: float) -> str:
    if ratio >= 1:
        return f"The interaction takes {_times(ratio)} times the patients of the overall effect"
    return f"The overall effect takes {_times(1 / ratio)} times the patients of the interaction"


def _times(ratio: float) -> str:
    return f"{ratio:,.1f}" if ratio < 100 else f"{ratio:,.0f}"


def _times_block(spec: InteractionSize) -> ResultBlock:
    table = interaction_times()
    sentence = (
        "For an even split it is four times where the groups differ by as much as the overall effect, and sixteen "
        "times where they differ by half of it."
    )
    return ResultBlock(
        key="interaction-times",
        title="Why an interaction takes four to sixteen times the size",
        sentence=sentence,
        alt=f"Table of how many times the size, by share of marker-positives and size of the interaction. {sentence}",
        data=table,
        method="1 / (share (1 − share)), over the square of the interaction relative to the overall effect.",
        code=design_code({}, [interaction_times], "interaction_times()"),
        how_to_read=_TIMES,
        provenance=origin.typed(spec),
    )
