"""The average effects of several treated arms together: intervals that are all right at once."""

import numpy as np
import pandas as pd

from ite.estimation.average_effect import cluster_degrees
from ite.estimation.result import EffectEstimate
from ite.evaluation.contrast import influence_covariance
from ite.evaluation.sequential import simultaneous_critical_value


def simultaneous_averages(effects: EffectEstimate, seed: int = 0) -> pd.DataFrame:
    """Average effect of each treated arm with intervals of which, in 95 % of trials, none misses its effect.

    The critical value is the 95 % quantile of the largest absolute deviate of the arms' estimates, which are correlated
    because they share the control arm: normal, or with clusters t with clusters - 1 degrees of freedom.

    Parameters
    ----------
    seed
        Of the draws behind the critical value.

    Returns
    -------
    DataFrame, one row per treated arm
        estimate, se, lower, upper (each arm by itself), lower_simultaneous, upper_simultaneous.

    Source: Dunnett 1955, JASA 50:1096-1121; Hothorn, Bretz & Westfall 2008, Biometrical Journal 50:346-363.
    """
    if len(effects.ate) == 1:
        return effects.ate.assign(lower_simultaneous=effects.ate["lower"], upper_simultaneous=effects.ate["upper"])
    scores = effects.scores.to_numpy(float)
    influence = (scores - scores.mean(axis=0)) / len(scores)
    covariance = influence_covariance(influence, effects.cluster)
    critical = simultaneous_critical_value(covariance, seed, cluster_degrees(effects.cluster))
    reach = critical * np.sqrt(np.diag(covariance))
    estimate = effects.ate["estimate"]
    return effects.ate.assign(lower_simultaneous=estimate - reach, upper_simultaneous=estimate + reach)
