"""How sure it is who would be served, given how little is known of each group's average benefit."""

from functools import partial

from ite.allocation.selection import selection_of_patients
from ite.charts.allocation_selection import selection_chart, selection_sentence
from ite.report.allocation_code import selection_code
from ite.report.block import ResultBlock
from pages.panels.allocation.fitted_found import Found
from pages.ui import figure
from pages.ui.analysed import Analysed
from pages.ui.attempt import attempt
from pages.ui.once import once

_SEED = 1
_HOW_TO_READ = """\
Each point is the probability that a member of the group is offered treatment if only benefit counts, averaged over \
what the groups' average benefits may be. The line through it holds the middle 95 % of those possibilities; the dashed \
line is the share of a lot.

The order of patients within a group is taken as known here; what is left open is how the groups stand to each other. \
A long line says that the data do not settle which group is served first."""


def selection(shown: Analysed, found: Found) -> None:
    """Draw the probability to be served by group; nothing where there are no groups."""
    spec = found.frontier.spec
    if spec.equity is None:
        return
    place = f"allocation-selection-{'-'.join(found.of)}"
    whole = spec.of_most_benefit()  # who is served by benefit alone is the same at every point
    chances = attempt(
        place,
        lambda: once(
            "allocation-selection",
            found.of,
            lambda: selection_of_patients(shown.trial, shown.effects, whole, seed=_SEED),
        ),
    )
    if chances is None:
        return
    figure.show(
        ResultBlock(
            key="allocation-selection",
            title="How sure is it who would be served?",
            sentence=selection_sentence(chances),
            **once("allocation-selection-drawn", found.of, lambda: figure.drawn(partial(selection_chart, chances))),
            data=chances.groups,
            method=f"{shown.method} {len(chances.shares)} draws of the groups' average benefits, seed {_SEED}.",
            code=selection_code(shown.source, shown.trial.roles, shown.effects.spec, spec, _SEED),
            how_to_read=_HOW_TO_READ,
            provenance=shown.provenance(spec),
        ),
        "allocation-selection",
    )
