"""What a trial sized for the overall effect can show of a marker: the effect in either group, and their difference."""

from functools import partial
from math import ceil

from ite.charts.design_interaction import shown_by_usual_trial, usual_trial_chart
from ite.charts.number_words import percent_words
from ite.design.alternatives.interaction import InteractionSizes, InteractionTest
from ite.design.alternatives.subgroup_power import MOST_PATIENTS, SubgroupPower, SubgroupPowerResult, power_in_subgroup
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.other_reading import reading
from pages.ui import figure, origin

_HOW_TO_READ = """\
All bars are the power of one trial, of the size that shows the overall effect. A test within a group has only that \
group's patients, and how many they are is left to chance. A benefit that is significant in one group and not in the \
other does not show that the effects differ: that takes the last test, which has the least power of all."""


def usual_block(sizes: InteractionSizes, test: InteractionTest) -> ResultBlock | None:
    """Return what the usual trial can show, or None where it is too large for an exact sum over the groups' sizes."""
    patients = max(4, ceil(sizes.n_main))
    if patients > MOST_PATIENTS:
        return None
    with_marker = _group(test, patients, test.prevalence, test.effect_subgroup)
    without = _group(test, patients, 1 - test.prevalence, test.effect_complement)
    positives, negatives = power_in_subgroup(with_marker), power_in_subgroup(without)
    table = shown_by_usual_trial(test, patients, positives, negatives)
    return ResultBlock(
        key="interaction-usual",
        title=(
            f"A trial of {patients:,} patients for the overall effect shows that the effects differ with a power of "
            f"{percent_words(table['probability'].iloc[-1])}"
        ),
        sentence=_sentence(positives),
        data=table,
        method=f"Two-sided tests, in the direction of each effect. {positives.method}",
        code=design_code(
            {"test": test, "with_marker": with_marker, "without": without},
            [power_in_subgroup, shown_by_usual_trial],
            f"shown_by_usual_trial(test, {patients}, power_in_subgroup(with_marker), power_in_subgroup(without))",
        ),
        how_to_read=reading(_HOW_TO_READ, positives.assumptions),
        provenance=origin.typed(test),
        **figure.drawn(partial(usual_trial_chart, table)),
    )


def _group(test: InteractionTest, patients: int, share: float, effect: float) -> SubgroupPower:
    return SubgroupPower(
        n_total=patients,
        prevalence=round(share, 12),
        effect_subgroup=abs(effect),
        sd=test.sd,
        alpha=test.alpha_two_sided / 2,
    )


def _sentence(positives: SubgroupPowerResult) -> str:
    return (
        f"In nine of ten such trials {positives.size_lower:,} to {positives.size_upper:,} patients carry the marker. "
        f"A test among them alone shows their effect with a power of {percent_words(positives.power)}."
    )
