"""Sample-size re-estimation at an interim look: how large the second stage must be."""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from pydantic import model_validator
from scipy.special import ndtr, ndtri

from ite.design.fixed.spec import AllocationRatio, DesignSpec, Positive, Rate
from ite.design.sequential.boundary import Boundary, critical_values
from ite.errors import DesignError
from ite.trial.columns import FloatArray


class SecondStagePlan(DesignSpec):
    """Two stages of a mean outcome, combined by inverse normal; the second is sized by conditional power.

    Attributes
    ----------
    boundary
        Two looks; the first fraction t gives the fixed weights sqrt(t) and sqrt(1 - t) of the stages.
    sd
        Known standard deviation within an arm.
    allocation_ratio
        Patients under treatment for each patient under control.
    stage1_n_total
        Patients of the first stage.
    target_conditional_power
        Wanted at the interim look, with the observed effect taken as the true one.
    stage2_n_min, stage2_n_max
        Limits of the second stage, patients.
    """

    boundary: Boundary = Boundary()
    sd: Positive = 1.0
    allocation_ratio: AllocationRatio = 1.0
    stage1_n_total: Positive
    target_conditional_power: Rate = 0.8
    stage2_n_min: Positive
    stage2_n_max: Positive

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.boundary.looks != 2:
            raise DesignError(f"Re-estimation is done at the first of two looks, but there are {self.boundary.looks}.")
        if self.stage2_n_min > self.stage2_n_max:
            raise DesignError(
                f"The second stage has at least {self.stage2_n_min:g} patients, which is above its most, "
                f"{self.stage2_n_max:g}. Swap or widen the limits."
            )
        return self


@dataclass(frozen=True, kw_only=True, eq=False)
class SecondStage:
    """The size of a second stage, patients in both arms, fractional.

    Attributes
    ----------
    final_critical_z
        Bound of the combined statistic.
    required_stage2_z
        What the second stage alone must reach.
    unbounded_n, n
        Size for the target, from the size of the observed effect whatever its direction, and the same within the
        limits.
    conditional_power
        With n patients, if the observed effect is true: below the target where the limits bind or the effect is harm.
    """

    final_critical_z: float
    required_stage2_z: float
    unbounded_n: float
    n: float
    conditional_power: float


def second_stage(design: SecondStagePlan, observed_mean_difference: float) -> SecondStage:
    """Return how large the second stage must be after the first showed this difference of means.

    Legend: noise = sd (1 + k) / sqrt(k), k the allocation ratio.
    """
    t = design.boundary.information_fractions[0]
    noise = design.sd * (1.0 + design.allocation_ratio) / math.sqrt(design.allocation_ratio)
    critical = float(critical_values(design.boundary)[-1])
    z1 = observed_mean_difference * math.sqrt(design.stage1_n_total) / noise
    required = float(required_stage2_z(z1, t, critical=critical))
    unbounded = float(
        stage2_size(required, target=design.target_conditional_power, noise=noise, effect=observed_mean_difference)
    )
    n = min(max(unbounded, design.stage2_n_min), design.stage2_n_max)
    return SecondStage(
        final_critical_z=critical,
        required_stage2_z=required,
        unbounded_n=unbounded,
        n=n,
        conditional_power=float(ndtr(observed_mean_difference * math.sqrt(n) / noise - required)),
    )


def required_stage2_z(z: npt.ArrayLike, fraction: float, *, critical: float) -> FloatArray:
    """Return what the second stage alone must reach, (c - sqrt(t) z_1) / sqrt(1 - t), for statistics of the first.

    Legend: c is the final critical value, t the information fraction of the look; the stages are combined with the
    weights sqrt(t) and sqrt(1 - t), whatever the size of the second.
    """
    return np.asarray((critical - math.sqrt(fraction) * np.asarray(z, dtype=float)) / math.sqrt(1.0 - fraction))


def stage2_size(required: npt.ArrayLike, *, target: float, noise: npt.ArrayLike, effect: npt.ArrayLike) -> FloatArray:
    """Return the size at which a second stage reaches what is required of it with the target's probability.

    (max(0, A + z_target) noise / effect)^2: its statistic has the mean effect sqrt(n) / noise.

    Parameters
    ----------
    required
        A, as `required_stage2_z` gives it.
    target
        Conditional power.
    noise
        Standard error of the effect's estimate with one patient (or event).
    effect
        Taken as true, of either sign; 0 gives infinity unless nothing is required.
    """
    reach = np.maximum(0.0, np.asarray(required, dtype=float) + ndtri(target)) * np.asarray(noise)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(reach == 0.0, 0.0, np.square(reach / np.asarray(effect, dtype=float))))
