"""Power in a subgroup whose size is left to chance: binomial, or beta-binomial where the prevalence is uncertain."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from scipy import stats

from ite.design.alternatives.fields import Alpha, Positive, Real, Share, within
from ite.design.alternatives.normal_test import power_of_means
from ite.design.alternatives.uncertain_prevalence import BetaPrior
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.trial.data import FloatArray

METHOD = "Exact sum over the possible sizes of the subgroup of the power at each size, times its probability."
ASSUMPTIONS = (
    "One-sided z-test in the subgroup with known standard deviation; whatever its size, half of it in each arm.",
    "Patients carry the marker independently of each other, given the prevalence.",
)
MOST_PATIENTS = 1_000_000


class SubgroupPower(DesignSpec):
    """A test in the marker-positives of a trial that enrols everybody.

    Attributes
    ----------
    n_total
        Patients in the trial, both arms and all marker values.
    prevalence, prior
        Share of marker-positives, or what is known of it: exactly one of the two.
    effect_subgroup, sd
        Difference of means among marker-positives, and the standard deviation within each arm.
    alpha
        One-sided level.
    """

    n_total: Annotated[int, within(1, MOST_PATIENTS)]
    prevalence: Share | None = None
    prior: BetaPrior | None = None
    effect_subgroup: Real
    sd: Positive = 1.0
    alpha: Alpha = 0.025


@dataclass(frozen=True, kw_only=True, eq=False)
class SubgroupPowerResult:
    """Power over the sizes that the subgroup may have.

    Attributes
    ----------
    power : float
        Power with the size left to chance.
    power_fixed_size : float
        Power if the subgroup had exactly its expected size.
    size_lower, size_median, size_upper : int
        5th, 50th and 95th percentile of the size.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: SubgroupPower
    power: float
    power_fixed_size: float
    size_lower: int
    size_median: int
    size_upper: int
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS


def power_in_subgroup(spec: SubgroupPower) -> SubgroupPowerResult:
    """Average the power in the subgroup over its possible sizes.

    Raises
    ------
    DesignError
        If not exactly one of prevalence and prior is given.
    """
    expected, probability = _size_distribution(spec)
    size = np.arange(spec.n_total + 1)
    power = power_of_means(spec.effect_subgroup, size, sd=spec.sd, alpha=spec.alpha)
    power[0] = 0.0  # no patients, no test
    lower, median, upper = np.searchsorted(np.cumsum(probability), [0.05, 0.5, 0.95])
    return SubgroupPowerResult(
        spec=spec,
        power=float(probability @ power),
        power_fixed_size=float(power_of_means(spec.effect_subgroup, expected, sd=spec.sd, alpha=spec.alpha)),
        size_lower=int(lower),
        size_median=int(median),
        size_upper=int(upper),
    )


def _size_distribution(spec: SubgroupPower) -> tuple[float, FloatArray]:
    """Return the expected size of the subgroup and the probability of each size from 0 to all."""
    size = np.arange(spec.n_total + 1)
    if spec.prevalence is not None and spec.prior is None:
        return spec.prevalence * spec.n_total, np.asarray(stats.binom.pmf(size, spec.n_total, spec.prevalence))
    if spec.prior is not None and spec.prevalence is None:
        a, b = spec.prior.a, spec.prior.b
        return spec.n_total * a / (a + b), np.asarray(stats.betabinom.pmf(size, spec.n_total, a, b))
    found = "neither" if spec.prior is None else "both"
    raise DesignError(f"Give either the prevalence or a prior for it; found {found}.")
