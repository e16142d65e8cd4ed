"""The unit in which the fitted trial's benefit is weighed, and how much of it is a usual amount."""

import numpy as np

from ite.charts.outcome_unit import outcome_unit
from pages.ui.analysed import Analysed


def unit_of(shown: Analysed) -> str:
    """Return the unit of benefit in words; differences of probabilities are weighed as probabilities."""
    return "probability, 1 is certain benefit" if shown.unit.percent else outcome_unit(shown.unit)


def scale_of(shown: Analysed) -> float:
    """Return a round number above the largest average effect; 1 for probabilities."""
    if shown.unit.percent:
        return 1.0
    largest = float(shown.effects.ate["estimate"].abs().max())
    return float(10 ** np.ceil(np.log10(largest))) if largest > 0 else 1.0
