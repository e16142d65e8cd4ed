"""What kind of covariates: those that tell the outcome, those that tell the effect, and those that rank patients."""

from pages.panels.effects.covariate_map import covariate_map
from pages.panels.effects.profile import profile
from pages.panels.effects.projection import projection
from pages.ui import analysed


def draw() -> None:
    """Draw the map of covariates, the linear projection, and the profile of the ranking."""
    shown = analysed.require(picking=False)
    covariate_map(shown)
    projection(shown)
    profile(shown)
