"""Size and power of a comparison of two means.

Legend: k is the allocation ratio, n_c the control patients, z_p the p-quantile of the normal distribution.
"""

import math
from typing import Literal

from scipy.optimize import brentq
from scipy.special import ndtr, ndtri
from scipy.stats import nct, t

from ite.design.fixed.limits import (
    LARGEST_SIZE,
    normal_distance,
    normal_distance_of_power,
    require_feasible_size,
    require_size,
)
from ite.design.fixed.spec import AllocationRatio, DesignSpec, Finite, Positive

#: The t-test needs more than two patients in all.
_LEAST_FOR_T = 2.01
#: Means of a normal variable below which it is never positive, but for 1e-23.
_LOST = -10.0
_CERTAIN = 40.0


class Means(DesignSpec):
    """Difference of two means with one standard deviation in both arms; a positive difference is the benefit.

    Attributes
    ----------
    mean_difference
        Treatment minus control, in units of the outcome.
    sd
        Standard deviation within an arm, in the same units.
    allocation_ratio
        Patients under treatment for each patient under control.
    test
        "z" takes the standard deviation as known, "t" pools it from the data.
    """

    kind: Literal["means"] = "means"
    mean_difference: Finite
    sd: Positive = 1.0
    allocation_ratio: AllocationRatio = 1.0
    test: Literal["z", "t"] = "z"

    def size(self, *, alpha: float, power: float) -> float:
        """Return the patients in both arms, fractional, for a test in the direction of the difference.

        z: n_c = (1 + 1/k) (z_{1-alpha} + z_power)^2 sd^2 / difference^2. t: the n_c at which the noncentral t
        distribution gives the power.
        """
        signal = abs(self.standardised(1.0))
        distance = normal_distance(alpha, power)
        known = require_feasible_size(
            (distance / signal) ** 2 if signal else math.inf,
            effect=f"a mean difference of {self.mean_difference:g}",
            nearest=math.copysign(distance * self.standard_error(LARGEST_SIZE), self.mean_difference or 1.0),
        )
        return known if self.test == "z" else self._size_of_t(known, alpha, power)

    def power(self, size: float, *, alpha: float, both_tails: bool = False) -> float:
        """Return the power with `size` patients in both arms.

        alpha is the level of the test for benefit; with `both_tails` a significant harm at the same level counts too.
        """
        require_size(size, above=2.0 if self.test == "t" else 0.0)
        signal = self.standardised(size)
        if self.test == "t":
            return _power_of_t(signal, size, alpha, both_tails=both_tails)
        critical = -float(ndtri(alpha))
        return float(ndtr(signal - critical) + (ndtr(-signal - critical) if both_tails else 0.0))

    def standardised(self, size: float) -> float:
        """Return the mean of the z-statistic with `size` patients; positive is benefit."""
        return self.mean_difference / self.standard_error(size)

    def drift(self, size: float, *, alpha: float) -> float:
        """Return the mean of a z-statistic that has the power of this test with `size` patients at the level alpha."""
        if self.test == "z":
            return self.standardised(size)
        return normal_distance_of_power(alpha, self.power(size, alpha=alpha))

    def standard_error(self, size: float) -> float:
        """Return the standard error of the difference with `size` patients in both arms."""
        ratio = self.allocation_ratio
        return self.sd * (1.0 + ratio) / math.sqrt(ratio * size)

    def share_of_effect(self, value: float) -> float:
        """Return a mean difference as a share of the assumed one."""
        return value / self.mean_difference

    def effect_at_share(self, share: float) -> float:
        """Return the mean difference that is this share of the assumed one."""
        return share * self.mean_difference

    def _size_of_t(self, known: float, alpha: float, power: float) -> float:
        def excess(size: float) -> float:
            return _power_of_t(abs(self.standardised(size)), size, alpha, both_tails=False) - power

        low = max(known, _LEAST_FOR_T)
        if excess(low) >= 0.0:
            return low
        high = 2.0 * low + 10.0
        while excess(high) < 0.0:
            high *= 2.0
        return float(brentq(excess, low, high, xtol=1e-9, rtol=1e-12))


def _power_of_t(signal: float, size: float, alpha: float, *, both_tails: bool) -> float:
    freedom = size - 2.0
    critical = float(t.isf(alpha, freedom))
    other = _above(critical, freedom, -signal) if both_tails else 0.0
    return _above(critical, freedom, signal) + other


def _above(critical: float, freedom: float, signal: float) -> float:
    """Return the probability that a noncentral t variable exceeds a positive bound."""
    # It needs a normal variable of mean `signal` above 0. Far from that SciPy gives NaN where nothing is left.
    if signal > _CERTAIN + 10.0 * critical:  # and far above the bound where nothing else is left
        return 1.0
    return float(nct.sf(critical, freedom, signal)) if signal > _LOST else 0.0
