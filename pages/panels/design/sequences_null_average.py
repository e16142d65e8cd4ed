"""The null average: two treatments whose effects cancel, and what it would gain to give each group its better one."""

from functools import partial

from ite.charts.design_null_average import null_average_chart, null_average_curve
from ite.charts.design_other import named
from ite.charts.number_words import share_words
from ite.design.alternatives.null_average import Cancellation, OppositeEffects, cancellation
from ite.design.alternatives.treatment_sequences import SequenceTrial
from ite.report.block import ResultBlock
from ite.report.design_code import design_code
from pages.panels.design.other_reading import reading
from pages.ui import figure, origin

_HOW_TO_READ = """\
One line is the difference of the first two treatments in the average of all patients, over the mix of the two groups. \
It passes through zero where one group's gain makes up for the other's loss: there a trial finds no treatment best, \
however large it is. The other line is what it would gain to give each group its better treatment instead of the best \
single one to all. It is highest where the average is zero: a null average is no sign that it does not matter who gets \
what."""


def null_average_block(trial: SequenceTrial) -> ResultBlock:
    """Return how the effects of the first level cancel, and what matching would gain there."""
    spec = first_level(trial)
    found, curve = cancellation(spec), null_average_curve(spec)
    return ResultBlock(
        key="null-average",
        title=_title(found),
        sentence=_sentence(found),
        data=named(curve),
        method=f"First level, first two treatments. {found.method}",
        code=design_code({"spec": spec}, [null_average_curve, named], "named(null_average_curve(spec))"),
        how_to_read=reading(_HOW_TO_READ, found.assumptions),
        provenance=origin.typed(spec),
        **figure.drawn(partial(null_average_chart, curve, spec)),
    )


def first_level(trial: SequenceTrial) -> OppositeEffects:
    """Return the effects of the first against the second treatment of the first level, by marker group."""
    first, second = trial.levels[0].treatments[:2]
    effects = tuple(round(one - other, 12) for one, other in zip(first.response, second.response, strict=True))
    return OppositeEffects(shares=trial.shares, effects=effects)


def _title(found: Cancellation) -> str:
    largest = 100 * max(abs(effect) for effect in found.spec.effects)
    if largest == 0:
        return "Without opposite effects nothing cancels, and matching gains nothing"
    return (
        f"Effects of {largest:.4g} points average to {100 * found.average:.1f}; matching treatment to marker gains "
        f"{100 * found.gain_from_matching:.1f}"
    )


def _sentence(found: Cancellation) -> str:
    share, effect = found.spec.shares[0], found.spec.effects[0]
    better, worse = ("A1", "B1") if effect >= 0 else ("B1", "A1")
    return (
        f"Treatment {better} is better than {worse} by {100 * abs(effect):.4g} points in the {share_words(share)} of "
        f"patients with the marker, and worse by as many in the others: a standard deviation of {100 * found.sd:.1f} "
        f"points between patients. A trial of the averages sees {100 * found.average:.1f}, however many it enrols."
    )
