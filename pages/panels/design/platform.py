"""Umbrella and platform trials: several treatments against one shared control."""

from collections.abc import Callable
from functools import partial

from ite.charts.design_other import named, probability_chart, resource_words
from ite.charts.design_platform import platform_table
from ite.charts.number_words import percent_words, share_words
from ite.design.alternatives.shared_control import SharedControlCharacteristics, shared_control_characteristics
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.other_reading import reading
from pages.panels.design.platform_inputs import platform
from pages.panels.design.platform_later import later_block
from pages.panels.design.platform_screening import screening_block
from pages.ui import figure, origin

_HOW_TO_READ = """\
Each pair of bars is one comparison with control: in this trial, and in a two-arm trial of its own that gets an equal \
part of the same patients and is tested at the same critical value. One control for all leaves more patients for every \
comparison.

The comparisons share their control, so they succeed and fail together more often than separate trials: "at least one" \
and "all of them" allow for it. With several comparisons the chance of some false claim grows unless the tests are \
adjusted; the sentence gives both figures."""


def ask() -> Callable[[], tuple[ResultBlock, ...]]:
    """Draw the inputs; return what makes the results."""
    trial = platform()

    def make() -> tuple[ResultBlock, ...]:
        spec, later = trial()
        blocks = [_block(shared_control_characteristics(spec))]
        if spec.prevalences is not None:
            blocks.append(screening_block(spec))
        if later is not None:
            blocks.append(later_block(later))
        return tuple(blocks)

    return make


def _block(found: SharedControlCharacteristics) -> ResultBlock:
    table = platform_table(found)
    return ResultBlock(
        key="shared-control",
        title=_title(found),
        sentence=_sentence(found),
        data=named(table),
        method=f"Critical value {found.critical:.3f} for each comparison. {found.method}",
        code=design_code(
            {"spec": found.spec},
            [shared_control_characteristics, platform_table, named],
            "named(platform_table(shared_control_characteristics(spec)))",
        ),
        how_to_read=reading(_HOW_TO_READ, found.assumptions),
        provenance=origin.typed(found.spec),
        **figure.drawn(partial(probability_chart, table, "Power")),
    )


def _title(found: SharedControlCharacteristics) -> str:
    return f"{found.spec.n_total:,.0f} patients: {percent_words(found.power_any)} to show at least one treatment"


def _sentence(found: SharedControlCharacteristics) -> str:
    treated, control = found.arms["n"].iloc[0], found.n_control
    arms = f"About {treated:,.0f} patients in each treatment arm and {control:,.0f} under control."
    errors = (
        f"Without any effect some comparison succeeds in {share_words(round(found.family_wise_error, 4))} of trials "
        f"({share_words(round(found.family_wise_error_unadjusted, 4))} unadjusted)."
    )
    return f"{arms} {errors}{resource_words(found.months, found.cost)}"
