"""What is assumed about the outcome in each stratum, and how a stage's statistics are drawn from it.

Every outcome gives, for a stratum with n patients (or events), a score U and its variance V under the null
hypothesis. A population's statistic is then z = sum U / sqrt(sum V), stratified, and its estimate sum U / sum n in
the outcome's unit.
"""

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from scipy.stats import binom

from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.trial.columns import FloatArray

Rate = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, lt=1e6)]
_SIZES_WORTH_A_TABLE = 4


class MeansByStratum(DesignSpec):
    """Means with a known standard deviation.

    Attributes
    ----------
    effects
        Difference of means, treatment minus control, by stratum; positive is benefit.
    sds
        Standard deviation of the outcome within an arm, by stratum.
    """

    kind: Literal["mean"] = "mean"
    effects: tuple[Annotated[float, Field(ge=-1e6, le=1e6)], ...]
    sds: tuple[Positive, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _same_length(self.effects, self.sds, "an effect and a standard deviation")
        return self

    @property
    def strata(self) -> int:
        """Return the number of strata."""
        return len(self.effects)

    @property
    def benefits(self) -> FloatArray:
        """Return the effect of each stratum on the scale of the estimates, shape (strata,)."""
        return np.array(self.effects)

    def with_benefits(self, benefits: FloatArray) -> Self:
        """Return the same outcome with other effects, shape (strata,)."""
        return self.model_copy(update={"effects": tuple(map(float, benefits))})

    def information(self, sizes: FloatArray) -> FloatArray:
        """Return the variance of each stratum's score, up to a common factor."""
        return _column(np.square(self.sds), sizes) * sizes

    def size_shares(self, shares: FloatArray, allocation_ratio: float) -> FloatArray:  # noqa: ARG002 - as for events
        """Return how the size of a stage, counted in patients, splits over strata with these shares of the patients."""
        return shares

    def draw(
        self, sizes: FloatArray, trials: int, allocation_ratio: float, rng: np.random.Generator
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Draw scores (strata, trials), their variances, and the sizes used; `sizes` is (strata, 1 or trials)."""
        factor = (1 + allocation_ratio) ** 2 / allocation_ratio
        return _normal_scores(np.array(self.effects), factor * np.square(self.sds), sizes, trials, rng)


class HazardsByStratum(DesignSpec):
    """Event times with proportional hazards; sizes are counted in events.

    Attributes
    ----------
    hazard_ratios
        Hazard of treatment over control, by stratum; below 1 is benefit.
    """

    kind: Literal["survival"] = "survival"
    hazard_ratios: tuple[Annotated[float, Field(ge=0.01, le=100)], ...]

    @property
    def strata(self) -> int:
        """Return the number of strata."""
        return len(self.hazard_ratios)

    @property
    def benefits(self) -> FloatArray:
        """Return minus the log hazard ratio of each stratum, shape (strata,)."""
        return -np.log(self.hazard_ratios)

    def with_benefits(self, benefits: FloatArray) -> Self:
        """Return the same outcome with other effects, minus log hazard ratios, shape (strata,)."""
        return self.model_copy(update={"hazard_ratios": tuple(map(float, np.exp(-benefits)))})

    def information(self, sizes: FloatArray) -> FloatArray:
        """Return the variance of each stratum's score, up to a common factor: its events."""
        return sizes

    def size_shares(self, shares: FloatArray, allocation_ratio: float) -> FloatArray:
        """Return how events split over strata: few events, so in proportion to share and mean hazard of the arms."""
        ratios = _column(np.array(self.hazard_ratios), shares)
        weights = shares * (1 + allocation_ratio * ratios)
        return np.asarray(weights / weights.sum(axis=0))

    def draw(
        self, sizes: FloatArray, trials: int, allocation_ratio: float, rng: np.random.Generator
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Draw log-rank scores (strata, trials), larger is better: normal by Schoenfeld (1981)."""
        factor = (1 + allocation_ratio) ** 2 / allocation_ratio
        return _normal_scores(self.benefits, np.full(self.strata, factor), sizes, trials, rng)


class RatesByStratum(DesignSpec):
    """Response rates.

    Attributes
    ----------
    control, treatment
        Rate of each arm by stratum, between 0 and 1.
    higher_is_better
        False where the rate counts bad events.
    """

    kind: Literal["rate"] = "rate"
    control: tuple[Rate, ...]
    treatment: tuple[Rate, ...]
    higher_is_better: bool = True

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _same_length(self.control, self.treatment, "a control rate and a treatment rate")
        return self

    @property
    def strata(self) -> int:
        """Return the number of strata."""
        return len(self.control)

    @property
    def benefits(self) -> FloatArray:
        """Return the difference of rates of each stratum, positive for benefit, shape (strata,)."""
        return np.asarray(self._sign * (np.array(self.treatment) - np.array(self.control)))

    @property
    def _sign(self) -> float:
        return 1.0 if self.higher_is_better else -1.0

    def with_benefits(self, benefits: FloatArray) -> Self:
        """Return the same control rates with other effects, shape (strata,).

        Raises
        ------
        DesignError
            If a treatment rate would leave [0, 1].
        """
        treatment = np.array(self.control) + self._sign * benefits
        if treatment.min() < 0 or treatment.max() > 1:
            raise DesignError(
                f"A rate lies between 0 and 1; the control rates and these effects would give "
                f"{', '.join(f'{rate:g}' for rate in treatment)}."
            )
        return self.model_copy(update={"treatment": tuple(map(float, treatment))})

    def information(self, sizes: FloatArray) -> FloatArray:
        """Return the variance of each stratum's score, up to a common factor, at the assumed rates of both arms."""
        pooled = (np.array(self.control) + np.array(self.treatment)) / 2
        return _column(pooled * (1 - pooled), sizes) * sizes

    def size_shares(self, shares: FloatArray, allocation_ratio: float) -> FloatArray:  # noqa: ARG002 - as for events
        """Return how the size of a stage, counted in patients, splits over strata with these shares of the patients."""
        return shares

    def draw(
        self, sizes: FloatArray, trials: int, allocation_ratio: float, rng: np.random.Generator
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Draw scores n * (difference of rates), shape (strata, trials), their pooled null variance, and n.

        Patients are whole: sizes are rounded, and the rounded ones enter the statistic and the counts. A stratum in
        which an arm is empty shows no difference and counts nobody.
        """
        whole = np.rint(sizes)
        n_treated = np.rint(whole * allocation_ratio / (1 + allocation_ratio))
        n_control = whole - n_treated
        shape = (self.strata, trials)
        treated = _binomial(n_treated, np.array(self.treatment), shape, rng)
        control = _binomial(n_control, np.array(self.control), shape, rng)
        enough = (n_treated > 0) & (n_control > 0)
        n = np.where(enough, whole, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            difference = np.where(enough, treated / n_treated - control / n_control, 0.0)
            pooled = (treated + control) / whole
            variance = np.where(enough, n**2 * pooled * (1 - pooled) * (1 / n_treated + 1 / n_control), 0.0)
        return self._sign * n * difference, variance, n


def _normal_scores(
    drift: FloatArray, variance: FloatArray, sizes: FloatArray, trials: int, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Draw scores with mean drift * size and variance variance * size; the sizes are used as they are."""
    null_variance = variance[:, None] * sizes
    noise = rng.standard_normal((len(drift), trials))
    return drift[:, None] * sizes + np.sqrt(null_variance) * noise, null_variance, sizes


def _binomial(n: FloatArray, rate: FloatArray, shape: tuple[int, int], rng: np.random.Generator) -> FloatArray:
    """Draw counts by inverting the distribution function of uniform numbers, where few sizes occur; else directly.

    The inversion keeps the random numbers common to designs that are compared, and is the faster of the two.
    """
    uniform = rng.random(shape)
    counts = np.empty(shape)
    for stratum, p in enumerate(rate):
        row = np.broadcast_to(n[stratum], shape[1:])
        sizes = np.unique(n[stratum])
        if len(sizes) > _SIZES_WORTH_A_TABLE:
            counts[stratum] = rng.binomial(row.astype(np.int64), p)
            continue
        for size in sizes:
            chosen = slice(None) if len(sizes) == 1 else row == size
            table = binom.cdf(np.arange(size), size, p) if size > 0 else np.empty(0)
            counts[stratum, chosen] = np.searchsorted(table, uniform[stratum, chosen], side="right")
    return counts


def _column(values: FloatArray, like: FloatArray) -> FloatArray:
    return values.reshape(-1, *[1] * (like.ndim - 1))


def _same_length(one: tuple[float, ...], other: tuple[float, ...], what: str) -> None:
    if len(one) != len(other):
        raise DesignError(f"Each stratum needs {what}: {len(one)} and {len(other)} were given.")
