"""What the result hangs on: the scale it is said on, and how missing outcomes are treated."""

from pages.panels.effects.missing import missing
from pages.panels.effects.scales import modification, scales
from pages.ui import analysed


def draw() -> None:
    """Draw the average on each scale, then what missing outcomes could change."""
    shown = analysed.require()
    scales(shown)
    modification(shown)
    missing(shown)
