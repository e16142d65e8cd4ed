"""Treatment sequences: patients who do not respond are randomised again, and the average may hide who needs what."""

from collections.abc import Callable
from functools import partial
from math import isnan

from ite.charts.design_curves import MOST_SEQUENCES, sequence_chart, sequence_table
from ite.charts.design_other import named
from ite.charts.number_words import percent_words, share_words
from ite.design.alternatives.sequence_comparison import SequenceComparison, compare_sequences
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.other_reading import reading
from pages.panels.design.sequences_inputs import sequence_trial
from pages.panels.design.sequences_null_average import null_average_block
from pages.ui import figure, origin

_HOW_TO_READ = """\
Each row is one sequence: the first treatment, then the next one for those who did not respond. The points are the \
patients of either marker group who respond at some level, the bar is the average of all with the 95 % interval that \
the trial would estimate it with.

Where one group needs what the other does not, the averages lie together while the points lie far apart. Such a trial \
finds no sequence best although most patients have a best one, and more patients do not help. What would help is to \
match treatments to groups; the sentence says what that is worth.

Each further level splits those who are left, so that few patients end any one sequence."""


def ask() -> Callable[[], tuple[ResultBlock, ...]]:
    """Draw the inputs; return what makes the result."""
    trial = sequence_trial()

    def make() -> tuple[ResultBlock, ...]:
        spec = trial()
        return _block(compare_sequences(spec)), null_average_block(spec)

    return make


def _block(found: SequenceComparison) -> ResultBlock:
    table = sequence_table(found)
    return ResultBlock(
        key="treatment-sequences",
        title=_title(found),
        sentence=_sentence(found),
        data=named(table),
        method=_method(found),
        code=design_code(
            {"trial": found.trial},
            [compare_sequences, sequence_table, named],
            "named(sequence_table(compare_sequences(trial)))",
        ),
        how_to_read=reading(_HOW_TO_READ, found.assumptions),
        provenance=origin.typed(found.trial),
        **figure.drawn(partial(sequence_chart, table)),
    )


def _title(found: SequenceComparison) -> str:
    spread = float(found.sequences["average"].max() - found.sequences["average"].min())
    return (
        f"The sequences differ by {100 * spread:.1f} points on average; matching them to the marker gains "
        f"{100 * found.value_of_matching:.1f}"
    )


def _sentence(found: SequenceComparison) -> str:
    best, last = float(found.sequences["average"].max()), found.sequences["at_last_level"]
    power = float(found.sequences["power"].max())
    shown = (
        f" The trial shows a difference from {found.reference} with a power of at most {percent_words(power)}."
        if not isnan(power)
        else ""
    )
    return (
        f"{percent_words(best)} respond under {found.best}, the best single sequence, and "
        f"{percent_words(found.matched_average)} if each group gets its own best one.{shown} As few as "
        f"{last.min():,.0f} patients enter the last level of a sequence."
    )


def _method(found: SequenceComparison) -> str:
    count = len(found.sequences)
    drawn_words = f" The {MOST_SEQUENCES} best are drawn." if count > MOST_SEQUENCES else ""
    return (
        f"{found.trial.entrants:,} patients, {count} sequences, two-sided level "
        f"{share_words(found.trial.alpha_two_sided)}.{drawn_words} {found.method}"
    )
