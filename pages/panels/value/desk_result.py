"""Which option is best, at which weights that turns, and what each weight can turn."""

from functools import partial

from ite.charts.reading_value_desk import options_sentence, tornado_sentence, weights_sentence
from ite.charts.value_desk import options_chart, options_table
from ite.charts.value_desk_weights import tornado, tornado_chart, weights_table
from ite.report.block import ResultBlock
from pages.panels.value.desk_found import Desk
from pages.ui import figure

_OPTIONS = """\
The bar is the expected utility of an option: its benefit times the weight of benefit, less its harm, cost and burden \
times theirs. The line is where the utility lies with 95 % probability, given what was counted; the probability to be \
the best stands beside it.

Regret is what choosing an option loses on average against knowing which is the best. Where it is small, knowing more \
would hardly change what is worth doing.

The weights are values, not facts: two people with the same knowledge may rightly choose differently. These are \
averages over patients like those who were counted, not a statement about one patient."""
_WEIGHTS = """\
For each pair of options and each weight of what they differ in: the value at which they are worth the \
same, all other weights kept. If your own weight is clearly on one side of it, the choice does not hang on \
its exact size.

Where one option is better at every weight, no value a person can have would turn the two."""
_TORNADO = """\
One weight at a time is halved and doubled. Each end shows by how much the option that is best now is ahead of the \
second, and names the option that is best there: right of zero the choice stands, left of it another would be made. \
The widest bar is the weight to think about longest."""


def options(desk: Desk) -> str:
    """Draw the options; return the best one."""
    table = options_table(desk.draws, desk.weights, desk.expected)
    figure.show(
        ResultBlock(
            key="desk-options",
            title="Which option is worth most?",
            sentence=f"{options_sentence(table)} {desk.more}".strip(),
            **figure.drawn(partial(options_chart, table, desk.draws.options, desk.unit)),
            data=table,
            method=desk.method,
            code=desk.code("options_table(draws, weights, expected)", [options_table]),
            how_to_read=_OPTIONS,
            provenance=desk.provenance,
            exploratory=desk.exploratory,
        ),
        "desk-options",
    )
    return str(table["option"].iloc[0])


def turning(desk: Desk, best: str) -> None:
    """Draw the weights at which options are worth the same, and what each weight can turn."""
    _weights(desk, best)
    _tornado(desk)


def _weights(desk: Desk, best: str) -> None:
    table = weights_table(desk.draws, desk.weights, desk.expected)
    figure.show(
        ResultBlock(
            key="desk-weights",
            title="At which weights would the choice turn?",
            sentence=weights_sentence(table, best),
            alt="Table of the weights at which each pair of options is worth the same",
            data=table,
            method=desk.method,
            code=desk.code("weights_table(draws, weights, expected)", [weights_table]),
            how_to_read=_WEIGHTS,
            provenance=desk.provenance,
            exploratory=desk.exploratory,
        ),
        "desk-weights",
    )


def _tornado(desk: Desk) -> None:
    found = tornado(desk.draws, desk.weights)
    if found.bars.empty:  # the options differ in nothing that has a weight
        return
    figure.show(
        ResultBlock(
            key="desk-tornado",
            title="What does each weight turn?",
            sentence=tornado_sentence(found),
            **figure.drawn(partial(tornado_chart, found, desk.draws.options)),
            data=found.bars,
            method=desk.method,
            code=desk.code("tornado(draws, weights).bars", [tornado]),
            how_to_read=_TORNADO,
            provenance=desk.provenance,
            exploratory=desk.exploratory,
        ),
        "desk-tornado",
    )
