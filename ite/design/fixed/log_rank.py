"""Events and power of a log-rank test under proportional hazards.

Legend: k is the allocation ratio, HR the hazard ratio, d the events in both arms.
"""

import math
from typing import Literal

from scipy.special import ndtr, ndtri

from ite.design.fixed.limits import LARGEST_SIZE, normal_distance, require_feasible_size, require_size
from ite.design.fixed.spec import AllocationRatio, DesignSpec, Positive

#: Beyond this log hazard ratio a float has no digits left.
_FARTHEST = 700.0


class LogRank(DesignSpec):
    """Hazard ratio judged by the log-rank test; its information is the number of events. Below 1 is the benefit.

    Attributes
    ----------
    hazard_ratio
        Treatment over control.
    allocation_ratio
        Patients under treatment for each patient under control.
    formula
        "schoenfeld": d = (1 + k)^2 / k (z_{1-alpha} + z_power)^2 / log(HR)^2 (Schoenfeld 1981, Biometrika 68:316-319);
        "freedman": d = (z_{1-alpha} + z_power)^2 (1 + k HR)^2 / (k (1 - HR)^2) (Freedman 1982, Statistics in Medicine
        1:121-129).
    """

    kind: Literal["log_rank"] = "log_rank"
    hazard_ratio: Positive
    allocation_ratio: AllocationRatio = 1.0
    formula: Literal["schoenfeld", "freedman"] = "schoenfeld"

    def size(self, *, alpha: float, power: float) -> float:
        """Return the events in both arms, fractional, for a test in the direction of the hazard ratio."""
        distance, signal = normal_distance(alpha, power), abs(self.standardised(1.0))
        least = distance * self.standard_error(LARGEST_SIZE)
        return require_feasible_size(
            (distance / signal) ** 2 if signal else math.inf,
            effect=f"a hazard ratio of {self.hazard_ratio:g}",
            nearest=math.exp(math.copysign(least, math.log(self.hazard_ratio) or -1.0)),
        )

    def power(self, size: float, *, alpha: float, both_tails: bool = False) -> float:
        """Return the power with `size` events; with `both_tails` significant harm counts too."""
        require_size(size)
        signal, critical = self.standardised(size), -float(ndtri(alpha))
        return float(ndtr(signal - critical) + (ndtr(-signal - critical) if both_tails else 0.0))

    def standardised(self, size: float) -> float:
        """Return the mean of the log-rank z-statistic with `size` events; positive is benefit."""
        ratio = self.allocation_ratio
        if self.formula == "freedman":
            return math.sqrt(size * ratio) * (1.0 - self.hazard_ratio) / (1.0 + ratio * self.hazard_ratio)
        return -math.log(self.hazard_ratio) / self.standard_error(size)

    def drift(self, size: float, *, alpha: float) -> float:  # noqa: ARG002 - other endpoints depend on the level
        """Return the mean of a z-statistic that has the power of this test with `size` events: of its own."""
        return self.standardised(size)

    def standard_error(self, size: float) -> float:
        """Return the standard error of the log hazard ratio with `size` events, Schoenfeld's."""
        return (1.0 + self.allocation_ratio) / math.sqrt(self.allocation_ratio * size)

    def share_of_effect(self, value: float) -> float:
        """Return a hazard ratio as a share of the assumed effect, on the log scale."""
        return math.log(value) / math.log(self.hazard_ratio)

    def effect_at_share(self, share: float) -> float:
        """Return the hazard ratio whose logarithm is this share of the assumed one."""
        exponent = share * math.log(self.hazard_ratio)
        return math.exp(min(max(exponent, -_FARTHEST), _FARTHEST))
