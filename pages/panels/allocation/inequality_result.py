"""The equity-impact plane and the Lorenz curve."""

from functools import partial

from ite.allocation.equity_impact import equity_impact, lorenz_curves
from ite.charts.allocation_inequality import LORENZ_VIEWS, impact_chart, lorenz_chart
from ite.charts.reading_inequality import impact_sentence, lorenz_sentence
from ite.report.block import ResultBlock
from ite.report.inequality_code import AVERSION, GROUPS
from pages.panels.allocation.inequality_found import Compared
from pages.ui import figure
from pages.ui.attempt import attempt
from pages.ui.fields import choice

_IMPACT = """\
Up is more health on average, right is more equal health. The line follows the programme from no aversion to \
inequality, where only the mean counts, to a strong one; the ring is the chosen aversion. Above the dashed diagonal \
the programme is worth having, below it is not.

Its worth is the change of the equally distributed equivalent: the level that, had by everybody alike, would be as \
good as the unequal levels are. How much equality should count is a matter of choice and not of computation, so it \
starts at 0.

From a trial the bars through the ring are 95 % intervals. They hold what is not known of the gains; the levels are \
predictions, which draw groups together, and are taken as known."""
_LORENZ = """\
The Lorenz curve says what part of all health the people at the lowest levels hold together. Were all levels equal it \
would be the straight line, and its distance would be 0 everywhere; the Gini index is twice the area between the two.

Differences between groups alone are shown: within a group everybody counts as alike."""


def impact(made: Compared) -> None:
    """Draw the plane."""
    groups, aversion = made.groups, made.aversion
    limits = None if made.health is None else made.health.limits(aversion)
    figure.show(
        ResultBlock(
            key="inequality-impact",
            title="More health, and more equal?",
            sentence=impact_sentence(groups, aversion, made.health),
            **figure.drawn(partial(impact_chart, made.path, aversion, limits)),
            data=made.path,
            method=made.method,
            code=made.code(f"{equity_impact.__name__}({GROUPS}, {AVERSION})", (equity_impact,)),
            how_to_read=_IMPACT,
            provenance=made.provenance,
        ),
        "inequality-impact",
    )


def lorenz(present: Compared) -> None:
    """Draw the Lorenz curves."""
    view = choice("Drawn as", list(LORENZ_VIEWS), "iq-lorenz", "Small inequality is seen better as a distance.")
    found = attempt("inequality-lorenz", lambda: (present, lorenz_curves(present.groups)))
    if found is None:
        return
    made, curves = found
    figure.show(
        ResultBlock(
            key="inequality-lorenz",
            title="How unequal are the levels?",
            sentence=lorenz_sentence(made.groups),
            **figure.drawn(partial(lorenz_chart, made.groups, view)),
            data=curves,
            method=made.method,
            code=made.code(f"{lorenz_curves.__name__}({GROUPS})", (lorenz_curves,)),
            how_to_read=_LORENZ,
            provenance=made.provenance,
        ),
        "inequality-lorenz",
    )
