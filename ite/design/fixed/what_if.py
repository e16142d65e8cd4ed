"""What a planned size is worth if the effect is smaller than assumed."""

from dataclasses import dataclass

from ite.design.fixed.trial_size import OneAnalysis, TrialSize, size_trial


@dataclass(frozen=True, kw_only=True, eq=False)
class WhatIf:
    """One size under a smaller effect than the assumed one.

    Attributes
    ----------
    weaker : float
        The smaller true effect as a share of the assumed one, on the log scale for a hazard ratio.
    weaker_power : float
        Power of the planned size under it.
    weaker_size : TrialSize
        What would give the power asked for under it.
    """

    weaker: float
    weaker_power: float
    weaker_size: TrialSize


def what_if(trial: OneAnalysis, size: TrialSize, *, weaker: float) -> WhatIf:
    """Return what becomes of a planned size under a smaller effect.

    Raises
    ------
    DesignError
        If no feasible size shows the smaller effect.
    """
    under = trial.with_effect(weaker)
    return WhatIf(
        weaker=weaker,
        weaker_power=under.endpoint.power(size.n_total * under.information_per_patient(), alpha=trial.alpha),
        weaker_size=size_trial(under),
    )
