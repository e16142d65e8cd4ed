"""Does the ranking hold up in patients whom it had not seen."""

from pages.panels.effects.calibration import calibration
from pages.panels.effects.fifths import fifths, least
from pages.panels.effects.leaderboard import leaderboard
from pages.panels.effects.responders import responders
from pages.panels.effects.targeting import targeting
from pages.ui import analysed


def draw() -> None:
    """Draw the evidence about the order of patients, and about the size of what is predicted."""
    shown = analysed.require(picking=False)
    targeting(shown)
    fifths(shown)
    calibration(shown)
    least(shown)
    responders(shown)
    leaderboard(shown)
