"""How likely the next trial is to succeed at each size, the outcomes varying as much as each believed effect says.

Legend: the unit variance is that of the difference of means, times the patients in both arms.
"""

from dataclasses import dataclass
from math import exp, log

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from ite.design.fitted.believed import BelievedEffects, power_at
from ite.design.fitted.moments import moment_columns, variance_of_difference
from ite.design.fitted.patients import NextOutcome
from ite.design.fitted.spec import LARGEST_TRIAL
from ite.trial.data import FloatArray

#: Fewest patients that a next trial is given.
SMALLEST_TRIAL = 20
#: Equally probable effects that stand for what is believed of it.
_EFFECTS = 400


@dataclass(frozen=True, kw_only=True, eq=False)
class SuccessBySize:
    """Chance of a trial with a single analysis to succeed, by the patients who are randomised.

    Attributes
    ----------
    effect, unit_variance : array, shape (effects,)
        Equally probable effects in the enrolled, and the unit variance at each.
    estimate, variance_at_estimate : float
        The effect before shrinkage, and the unit variance there.
    critical : float
        Bound of the z-statistic.
    """

    effect: FloatArray
    unit_variance: FloatArray
    estimate: float
    variance_at_estimate: float
    critical: float

    def assurance(self, randomised: float) -> float:
        """Return the power averaged over what is believed of the effect.

        Source: O'Hagan, Stevens & Campbell 2005, Pharmaceutical Statistics 4:187-201.
        """
        return float(ndtr(self.effect * np.sqrt(randomised / self.unit_variance) - self.critical).mean())

    def power(self, randomised: float) -> float:
        """Return the power if the estimate were the truth."""
        return power_at(self.estimate, float(np.sqrt(self.variance_at_estimate / randomised)), self.critical)

    def randomised_for(self, target: float) -> float:
        """Return the whole patients whose assurance reaches the target; infinite where no size that is planned does.

        The assurance grows with the size up to the believed probability that the effect is above 0.
        """
        if self.assurance(LARGEST_TRIAL) < target:
            return float("inf")
        if self.assurance(SMALLEST_TRIAL) >= target:
            return float(SMALLEST_TRIAL)
        ends = log(SMALLEST_TRIAL), log(LARGEST_TRIAL)
        needed = exp(brentq(lambda size: self.assurance(exp(size)) - target, *ends, xtol=1e-10))
        # A root a hair above a whole number of patients is that number.
        return float(np.ceil(needed - 1e-6 * needed))


def success_by_size(
    outcome: NextOutcome, weight: FloatArray, believed: BelievedEffects, *, critical: float, drop_out: float
) -> SuccessBySize:
    """Return the chances of a trial in patients enrolled with these weights; a drop-out counts as a patient less."""
    middles = (np.arange(_EFFECTS) + 0.5) / _EFFECTS
    effect = believed.mean + believed.sd * ndtri(middles)
    variance = unit_variance(outcome, weight, np.append(effect, believed.estimate)) / (1.0 - drop_out)
    return SuccessBySize(
        effect=effect,
        unit_variance=variance[:-1],
        estimate=believed.estimate,
        variance_at_estimate=float(variance[-1]),
        critical=critical,
    )


def unit_variance(outcome: NextOutcome, weight: FloatArray, effect: FloatArray) -> FloatArray:
    """Return the unit variance where the mean effect of the enrolled is each of these, shape (effects,)."""
    sums = moment_columns(outcome, weight).sum(axis=0)[None, :]
    return 2.0 * variance_of_difference(sums, effect)
