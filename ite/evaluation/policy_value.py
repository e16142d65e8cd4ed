"""What the mean outcome would be under a treatment policy."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class PolicyValue(NamedTuple):
    """Mean outcome under the policy: weighted, over all patients or over the weights (NaN where nobody matches)."""

    value: float
    hajek: float


def policy_value(
    outcome: npt.ArrayLike, treatment: npt.ArrayLike, propensity: npt.ArrayLike, policy: npt.ArrayLike
) -> PolicyValue:
    """Return the value of a policy from the patients whose treatment happens to agree with it.

    Each of them counts 1 / (probability of the treatment received).

    Parameters
    ----------
    outcome, treatment, propensity, policy : array, shape (patients,)
        Outcome (larger is better), 0/1 treatment, probability of treatment 1, and the 0/1 treatment the policy gives.

    Source: Horvitz & Thompson 1952, J Am Stat Assoc 47:663-685; Hajek 1971.
    """
    observed, received, chance, wanted = (
        np.asarray(values, dtype=float) for values in (outcome, treatment, propensity, policy)
    )
    weight = (received == wanted) / np.where(received == 1, chance, 1 - chance)
    total = float((weight * observed).sum())
    hajek = total / float(weight.sum()) if weight.any() else float("nan")
    return PolicyValue(total / len(observed), hajek)
