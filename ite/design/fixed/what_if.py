"""What a planned size is worth if the effect is smaller than assumed, or uncertain."""

from dataclasses import dataclass

from ite.design.fixed.assurance import assurance
from ite.design.fixed.trial_size import OneAnalysis, TrialSize, size_trial


@dataclass(frozen=True, kw_only=True, eq=False)
class WhatIf:
    """One size under other truths than the assumed effect.

    Attributes
    ----------
    weaker : float
        The smaller true effect as a share of the assumed one, on the log scale for a hazard ratio.
    weaker_power : float
        Power of the planned size under it.
    weaker_size : TrialSize
        What would give the power asked for under it.
    uncertainty : float
        Standard deviation of a normal prior around the assumed effect, as a share of that effect.
    assurance : float
        Power of the planned size, averaged over that prior.
    """

    weaker: float
    weaker_power: float
    weaker_size: TrialSize
    uncertainty: float
    assurance: float


def what_if(trial: OneAnalysis, size: TrialSize, *, weaker: float, uncertainty: float) -> WhatIf:
    """Return what becomes of a planned size under a smaller effect, and under an uncertain one.

    Raises
    ------
    DesignError
        If no feasible size shows the smaller effect.
    """
    endpoint, under = trial.endpoint, trial.with_effect(weaker)
    effect = abs(endpoint.standardised(1.0)) * endpoint.standard_error(1.0)
    return WhatIf(
        weaker=weaker,
        weaker_power=under.endpoint.power(size.n_total * under.information_per_patient(), alpha=trial.alpha),
        weaker_size=size_trial(under),
        uncertainty=uncertainty,
        assurance=assurance(endpoint, size.information, prior_sd=uncertainty * effect, alpha=trial.alpha),
    )
