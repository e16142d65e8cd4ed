"""Benefit and harm: of one outcome between groups, and of two outcomes in the same patients."""

from pages.panels.effects.groups import groups
from pages.panels.effects.plane import plane
from pages.ui import analysed


def draw() -> None:
    """Draw whether some groups are harmed, then the plane of two outcomes."""
    shown = analysed.require(picking=False)
    groups(shown)
    plane(shown)
