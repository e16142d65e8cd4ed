"""Size and power of a comparison of two rates, by the normal approximation without continuity correction.

Legend: k is the allocation ratio, p_t and p_c are the rates, (k p_t + p_c) / (1 + k) is the pooled rate, n the patients
in both arms; noise_0 and noise_1 are sqrt(n) times the standard error of the difference under the null and under the
alternative.
"""

import math
from typing import Literal

from scipy.special import ndtr, ndtri

from ite.design.fixed.limits import LARGEST_SIZE, normal_distance, require_feasible_size, require_size
from ite.design.fixed.spec import AllocationRatio, DesignSpec, Rate


class Rates(DesignSpec):
    """Difference of two rates, judged by a z-test.

    Attributes
    ----------
    rate_treatment, rate_control
        Probability of the outcome in each arm.
    allocation_ratio
        Patients under treatment for each patient under control.
    benefit
        Whether more or fewer patients with the outcome are the benefit.
    null_variance
        "pooled" takes the variance under the null from the pooled rate, "unpooled" takes each arm's own throughout.
    """

    kind: Literal["rates"] = "rates"
    rate_treatment: Rate
    rate_control: Rate
    allocation_ratio: AllocationRatio = 1.0
    benefit: Literal["higher_rate", "lower_rate"] = "higher_rate"
    null_variance: Literal["pooled", "unpooled"] = "pooled"

    def size(self, *, alpha: float, power: float) -> float:
        """Return the patients in both arms, fractional, for a test in the direction of the difference.

        n = (z_{1-alpha} noise_0 + z_power noise_1)^2 / (p_t - p_c)^2.
        """
        normal_distance(alpha, power)
        effect = abs(self.difference())
        needed = float(ndtri(power)) * self._noise() - float(ndtri(alpha)) * self._null_noise()
        return require_feasible_size(
            (needed / effect) ** 2 if effect else math.inf,
            effect=f"a difference of rates of {self.difference():g}",
            nearest=math.copysign(needed / math.sqrt(LARGEST_SIZE), self.difference() or 1.0),
        )

    def power(self, size: float, *, alpha: float, both_tails: bool = False) -> float:
        """Return the power with `size` patients in both arms; with `both_tails` significant harm counts too.

        Phi((benefit sqrt(n) - z_{1-alpha} noise_0) / noise_1): below alpha for an effect in the wrong direction.
        """
        require_size(size)
        signal, critical = self.standardised(size), -float(ndtri(alpha)) * self._null_noise() / self._noise()
        return float(ndtr(signal - critical) + (ndtr(-signal - critical) if both_tails else 0.0))

    def standardised(self, size: float) -> float:
        """Return the mean of the z-statistic with unpooled variance and `size` patients; positive is benefit."""
        return self.difference() / self.standard_error(size)

    def drift(self, size: float, *, alpha: float) -> float:
        """Return the mean of a z-statistic that has the power of this test with `size` patients at the level alpha."""
        return self.standardised(size) - float(ndtri(alpha)) * (1.0 - self._null_noise() / self._noise())

    def standard_error(self, size: float) -> float:
        """Return the standard error, unpooled, of the difference with `size` patients in both arms."""
        return self._noise() / math.sqrt(size)

    def difference(self) -> float:
        """Return the difference of the rates; positive is benefit."""
        sign = 1.0 if self.benefit == "higher_rate" else -1.0
        return sign * (self.rate_treatment - self.rate_control)

    def share_of_effect(self, value: float) -> float:
        """Return a difference of rates, treatment minus control, as a share of the assumed one."""
        return value / (self.rate_treatment - self.rate_control)

    def effect_at_share(self, share: float) -> float:
        """Return the difference of rates, treatment minus control, that is this share of the assumed one."""
        return share * (self.rate_treatment - self.rate_control)

    def _noise(self) -> float:
        ratio = self.allocation_ratio
        treated, control = (rate * (1.0 - rate) for rate in (self.rate_treatment, self.rate_control))
        return math.sqrt((1.0 + ratio) * (treated / ratio + control))

    def _null_noise(self) -> float:
        if self.null_variance == "unpooled":
            return self._noise()
        ratio = self.allocation_ratio
        pooled = (ratio * self.rate_treatment + self.rate_control) / (1.0 + ratio)
        return (1.0 + ratio) * math.sqrt(pooled * (1.0 - pooled) / ratio)
