"""What the result hangs on: the scale it is said on, missing outcomes, who had what, and why."""

from pages.panels.effects import chosen
from pages.panels.effects.compliance import compliance
from pages.panels.effects.missing import missing
from pages.panels.effects.rates import rates
from pages.panels.effects.scales import modification, scales
from pages.panels.effects.switching import switching
from pages.ui import analysed


def draw() -> None:
    """Draw the average on each scale, as a rate where events are counted, and what each assumption carries."""
    shown = analysed.require(picking=False)
    if shown.trial.roles.design == "observational":
        chosen.draw()
    scales(shown)
    rates(shown)
    modification(shown)
    missing(shown)
    compliance(shown)
    switching(shown)
