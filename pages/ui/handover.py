"""What one page suggests to another within a session: the least predicted benefit that is worth treating."""

from ite.estimation.result import EffectEstimate
from ite.trial.data import TrialData
from pages.ui import state

_LEAST_BENEFIT = "handover-least-benefit"


def suggest_least_benefit(trial: TrialData, effects: EffectEstimate, value: float) -> None:
    """Keep a threshold of predicted benefit, in the unit of these effects, for the Allocation page."""
    state.remember(_LEAST_BENEFIT, (trial.digest, effects.scale, value))


def suggested_least_benefit(trial: TrialData, effects: EffectEstimate) -> float:
    """Return the threshold that was suggested for these effects; 0, which leaves out predicted harm alone, if none."""
    match state.recall(_LEAST_BENEFIT):
        case (trial.digest, effects.scale, float(value)):
            return value
        case _:
            return 0.0
