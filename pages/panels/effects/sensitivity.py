"""What the result hangs on: the scale it is said on, and how missing outcomes are treated."""

from pages.panels.effects.missing import missing
from pages.panels.effects.rates import rates
from pages.panels.effects.scales import modification, scales
from pages.ui import analysed


def draw() -> None:
    """Draw the average on each scale, as a rate where events are counted, and with missing outcomes treated anew."""
    shown = analysed.require()
    scales(shown)
    rates(shown)
    modification(shown)
    missing(shown)
