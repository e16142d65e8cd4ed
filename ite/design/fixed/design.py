"""A design with one analysis: its size for a power, and its power for a size."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.means import Means
from ite.design.fixed.rates import Rates

#: The three kinds of outcome. Each gives `size`, `power` and `standardised`, in patients or (log-rank test) in events.
Endpoint = Annotated[Means | Rates | LogRank, Field(discriminator="kind")]


@dataclass(frozen=True, kw_only=True, eq=False)
class FixedDesign:
    """A design with one analysis; numbers are fractional, rounding up is left to who shows them.

    Attributes
    ----------
    n_total, n_treatment, n_control
        Patients; None for the log-rank test, whose patients depend on accrual and follow-up.
    events
        Events in both arms; None but for the log-rank test.
    alpha, power
        One-sided level and power.
    """

    n_total: float | None
    n_treatment: float | None
    n_control: float | None
    events: float | None
    alpha: float
    power: float


def plan_fixed(endpoint: Endpoint, *, alpha: float = 0.025, power: float = 0.9) -> FixedDesign:
    """Return the size that gives the power at the one-sided level alpha.

    The test looks in the direction of the assumed effect, so only its size matters. A power, an effect or a size that
    no trial can have raises `DesignError`.
    """
    size, ratio = endpoint.size(alpha=alpha, power=power), endpoint.allocation_ratio
    patients = not isinstance(endpoint, LogRank)
    return FixedDesign(
        n_total=size if patients else None,
        n_treatment=size * ratio / (1.0 + ratio) if patients else None,
        n_control=size / (1.0 + ratio) if patients else None,
        events=None if patients else size,
        alpha=alpha,
        power=power,
    )
