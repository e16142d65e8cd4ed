"""A new strategy or not, where net benefit is normal: value of information in closed form."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field
from scipy.special import ndtr

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.fields import Finite, NotNegative, ValueSettings, require_whole
from ite.value.increments import net_monetary_benefit

#: Standard deviations beyond which the normal loss is 0 in double precision.
_FARTHEST = 40.0


def unit_normal_loss(z: npt.ArrayLike) -> FloatArray:
    """Return L(z) = phi(z) - z Phi(-z), the mean of how far a standard normal lies above z.

    Source: Raiffa & Schlaifer 1961, Applied Statistical Decision Theory.
    """
    at = np.asarray(z, dtype=float)
    return np.asarray(np.exp(-(at**2) / 2) / math.sqrt(2 * math.pi) - at * ndtr(-at))


def value_of_resolving(mean: npt.ArrayLike, sd: npt.ArrayLike) -> FloatArray:
    """Return what it is worth to learn, before choosing, the part of the incremental net benefit with this spread.

    E max(mean + sd Z, 0) - max(mean, 0) = sd L(|mean| / sd), and 0 where sd is 0. With the standard deviation of the
    whole it is the EVPI, of one component the EVPPI, of the mean after a study the EVSI.

    Raises
    ------
    ValuationError
        For a standard deviation below 0.
    """
    centre, spread = np.broadcast_arrays(np.asarray(mean, dtype=float), np.asarray(sd, dtype=float))
    if not (spread >= 0).all():
        raise ValuationError("A standard deviation is at least 0, but one below was given. Correct it.")
    matters = spread > np.abs(centre) / _FARTHEST
    z = np.divide(np.abs(centre), spread, out=np.full(centre.shape, _FARTHEST), where=matters)
    return np.where(matters, spread * np.maximum(unit_normal_loss(z), 0.0), 0.0)


def preposterior_sd(prior_sd: float, patient_sd: float, patients: float) -> float:
    """Return how far a study of so many patients will move the mean: sd^2 / sqrt(sd^2 + patient_sd^2 / patients).

    Source: Raiffa & Schlaifer 1961, Applied Statistical Decision Theory (preposterior analysis of a normal mean).
    """
    given = np.array([prior_sd, patient_sd, patients])
    if not ((given >= 0) & (given[[0, 1, 0]] < np.inf)).all():
        raise ValuationError(
            f"Standard deviations are finite, and they and the patients at least 0, but {prior_sd:g}, {patient_sd:g} "
            f"and {patients:g} were given. Correct them."
        )
    if patients == 0 or prior_sd == 0:
        return 0.0
    return float(prior_sd**2 / math.sqrt(prior_sd**2 + patient_sd**2 / patients))


class NormalIncrements(ValueSettings):
    """Jointly normal increments of effect and cost of a new strategy against its comparator."""

    called = "Increments of cost and effect"

    mean_delta_effect: Finite = Field(title="Mean extra effect")
    mean_delta_cost: Finite = Field(title="Mean extra cost")
    sd_delta_effect: NotNegative = Field(title="Standard deviation of the extra effect")
    sd_delta_cost: NotNegative = Field(title="Standard deviation of the extra cost")
    correlation: float = Field(default=0.0, ge=-1, le=1, title="Correlation of the two")

    def decision_curve(self, willingness_to_pay: npt.ArrayLike) -> pd.DataFrame:
        """Return willingness_to_pay, net_monetary_benefit, probability (that it is above 0) and evpi, row by row."""
        given = np.atleast_1d(np.asarray(willingness_to_pay, dtype=float))
        means = [net_monetary_benefit(self.mean_delta_cost, self.mean_delta_effect, float(each)) for each in given]
        mean = np.array(means, dtype=float)
        effect, cost = given * self.sd_delta_effect, self.sd_delta_cost
        sd = np.sqrt(np.maximum(effect**2 + cost**2 - 2 * self.correlation * effect * cost, 0.0))
        z = np.divide(mean, sd, out=np.where(mean > 0, np.inf, -np.inf), where=sd > 0)
        return pd.DataFrame(
            {
                "willingness_to_pay": given,
                "net_monetary_benefit": mean,
                "probability": ndtr(z),
                "evpi": value_of_resolving(mean, sd),
            }
        )


@dataclass(frozen=True, kw_only=True)
class NormalHeterogeneity:
    """Value of deciding by subgroup, per person in money.

    Attributes
    ----------
    static : float
        Gain from deciding by subgroup with what is known now.
    information_without, information_with : float
        EVPI with one decision for all, and with a decision by subgroup.
    resolved : float
        Gain from deciding by subgroup with all uncertainty resolved, over one decision now: static + information_with.
    dynamic : float
        resolved - information_without. It may lie below `static`, which is no error: decisions by subgroup can leave
        less to learn.
    """

    static: float
    information_without: float
    information_with: float
    resolved: float
    dynamic: float


def normal_heterogeneity(share: npt.ArrayLike, mean: npt.ArrayLike, sd: npt.ArrayLike) -> NormalHeterogeneity:
    """Return the value of heterogeneity for independent normal net benefits of subgroups; adopt or not.

    Parameters
    ----------
    share, mean, sd : array, shape (groups,)
        Shares add up to 1; mean and standard deviation of the incremental net benefit.

    Source: Espinoza, Manca, Claxton & Sculpher 2014, Medical Decision Making 34:951-964.
    """
    weight, centre, spread = (np.asarray(values, dtype=float) for values in (share, mean, sd))
    require_whole(tuple(weight), "the subgroups")
    overall = float(weight @ centre)
    static = float(weight @ np.maximum(centre, 0.0)) - max(overall, 0.0)
    without = float(value_of_resolving(overall, math.sqrt(float(np.sum((weight * spread) ** 2)))))
    by_group = float(weight @ value_of_resolving(centre, spread))
    return NormalHeterogeneity(
        static=static,
        information_without=without,
        information_with=by_group,
        resolved=static + by_group,
        dynamic=static + by_group - without,
    )
