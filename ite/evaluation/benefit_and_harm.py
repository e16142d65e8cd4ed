"""A second outcome of the same patients beside the first: what those who gain most pay for it."""

import numpy as np
import pandas as pd

from ite.estimation.average_effect import critical_value, mean_with_se
from ite.estimation.result import EffectEstimate
from ite.evaluation.held_out_fifths import held_out_fifths
from ite.evaluation.sequential import FIFTHS

EVERYBODY = "everybody"


def benefit_and_harm(effects: EffectEstimate, second: EffectEstimate, arm: str) -> pd.DataFrame:
    """Return the effect of an arm on both outcomes, in everybody and by fifth of benefit predicted for the first.

    Fifths are cut within sequential folds, by models that saw neither outcome of the patients they rank. On both
    outcomes positive is good for the patient. Without a ranking there is everybody alone.

    Parameters
    ----------
    effects, second : EffectEstimate
        Of the same patients in the same order.

    Returns
    -------
    DataFrame
        group ("everybody", "fifth 1" = least predicted benefit ... "fifth 5"), n, benefit, benefit_lower,
        benefit_upper, second, second_lower, second_upper (95 %, each by itself).

    Raises
    ------
    ValueError
        If the two are not of the same patients.
    """
    if len(effects.scores) != len(second.scores):
        raise ValueError("both outcomes must be those of the same patients")
    fifths = held_out_fifths(effects, arm)
    groups = [EVERYBODY] if fifths is None else [EVERYBODY, *(f"fifth {place}" for place in range(1, FIFTHS + 1))]
    sizes = [len(effects.scores)] if fifths is None else [len(effects.scores), *fifths.sizes.tolist()]
    table = pd.DataFrame({"group": groups, "n": sizes})
    for name, of in (("benefit", effects), ("second", second)):
        scores = of.scores[arm].to_numpy(dtype=float)
        mean, error = mean_with_se(scores, effects.cluster)
        estimate, half_width = np.array([mean]), np.array([critical_value(effects.cluster) * error])
        if fifths is not None:
            means = fifths.means(scores)
            estimate = np.append(estimate, means.estimate)
            half_width = np.append(half_width, fifths.width * fifths.se(means.influence))
        table[name] = estimate
        table[f"{name}_lower"], table[f"{name}_upper"] = estimate - half_width, estimate + half_width
    return table
