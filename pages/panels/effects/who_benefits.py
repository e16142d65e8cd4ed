"""Who benefits: the verdict, the average, and what predictions say beyond it."""

from pages.panels.effects.average import average
from pages.panels.effects.comparators import comparators
from pages.panels.effects.modifiers import modifiers
from pages.panels.effects.other_tests import other_tests
from pages.panels.effects.spread import spread
from pages.panels.effects.verdict import verdict
from pages.ui import analysed


def draw() -> None:
    """Draw the verdict first, then what stands behind it."""
    shown = analysed.require(picking=False)
    verdict(shown)
    average(shown)
    comparators(shown)
    spread(shown)
    modifiers(shown)
    other_tests(shown)
