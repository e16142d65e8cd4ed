"""How much heterogeneity would seem to be worth by chance, if groups did not differ."""

from dataclasses import dataclass

import numpy as np

from ite.trial.monte_carlo import mean_error
from ite.value.increments import require_threshold
from ite.value.subgroup_effects import GroupEffects
from ite.value.trial_draws import TreatmentValue


@dataclass(frozen=True, kw_only=True)
class ChanceHeterogeneity:
    """Static value of heterogeneity that estimates as noisy as these would show under one common effect.

    Attributes
    ----------
    mean, mean_se : float
        Its average per person in money, with the Monte-Carlo standard error.
    upper : float
        Its 95 % quantile: a static value below it is no sign that deciding by subgroup pays.
    """

    mean: float
    mean_se: float
    upper: float


def chance_heterogeneity(found: GroupEffects, value: TreatmentValue, willingness_to_pay: float) -> ChanceHeterogeneity:
    """Return the static value by chance alone, to print beside that of `heterogeneity_value`.

    The best strategy of each group is read from its estimate, so that noise alone makes groups look as if they should
    be treated differently. Every group gets the average effect of all patients here, and estimates are drawn around it
    with the errors and correlations of the trial; prices and factors stand at their means.

    Assumes    joint normal estimates of the groups' effects.
    """
    require_threshold(willingness_to_pay)
    if tuple(found.mean.columns) != value.arms:
        raise ValueError("effects and costs are of different arms")
    share = found.share.to_numpy(dtype=float)
    means = found.mean[list(value.arms)].to_numpy(dtype=float).T  # arms x groups
    estimates = found.draws - means + (means @ share)[:, None]
    saving = 0.0 if value.saving_per_effect is None else value.saving_per_effect.value
    worth = willingness_to_pay * value.qaly_per_effect.value + saving
    benefit = estimates * worth - np.array([[cost.value] for cost in value.costs])
    by_group = np.maximum(benefit.max(axis=1), 0.0) @ share
    for_all = np.maximum((benefit @ share).max(axis=1), 0.0)
    static = by_group - for_all
    return ChanceHeterogeneity(
        mean=float(static.mean()),
        mean_se=float(mean_error(static)),
        upper=float(np.quantile(static, 0.95)),
    )
