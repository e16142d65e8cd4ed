"""Sample-size re-estimation at the interim of a two-stage enrichment trial."""

from typing import Self

import numpy as np
from pydantic import Field, model_validator
from scipy.special import ndtri

from ite.design.fixed.spec import DesignSpec
from ite.design.sequential.reestimation import required_stage2_z, stage2_size
from ite.errors import DesignError
from ite.trial.columns import FloatArray

_LEAST_EFFECT, _LEAST_P, _HOPELESS_Z = 1e-7, 1e-7, 8.0


class Reestimation(DesignSpec):
    """Choose the size of stage 2 for a conditional power; frozen.

    Attributes
    ----------
    target_conditional_power
        Wanted at the end, given stage 1, if the assumed effect is true.
    least, most
        Limits of the size of stage 2, both arms together (patients, or events).
    assumed_effect
        Benefit on the scale of the estimates (for event times minus the log hazard ratio); None takes the estimate of
        stage 1 in the population that continues (the smallest, where several do).
    """

    target_conditional_power: float = Field(gt=0, lt=1)
    least: float = Field(gt=0, le=1e7)
    most: float = Field(gt=0, le=1e7)
    assumed_effect: float | None = Field(default=None, gt=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.most < self.least:
            raise DesignError(
                f"The largest stage 2 ({self.most:g}) is below the smallest ({self.least:g}). "
                f"Use at least {self.least:g}."
            )
        return self


def second_stage_size(
    settings: Reestimation,
    estimate: FloatArray,
    variance_per_unit: FloatArray,
    p: FloatArray,
    final: tuple[float, float],
) -> FloatArray:
    """Return the size of stage 2, shape (trials,).

    Parameters
    ----------
    settings
        Target and limits.
    estimate
        Stage-1 estimate in the population that continues, shape (trials,).
    variance_per_unit
        Variance of the estimate times its size, same shape: (1 + k)^2 sd^2 / k for means, k the allocation ratio.
    p
        Stage-1 p-values of the populations, shape (populations, trials); Bonferroni's intersection p-value is the
        hurdle.
    final
        Critical value of the last look and information fraction of the first, (c, t).

    Conditional power is that of the inverse-normal combination with a second stage of its own; see `stage2_size`.
    """
    critical, fraction = final
    hurdle = -ndtri(np.minimum(len(p) * p.min(axis=0), 1 - _LEAST_P))
    needed = required_stage2_z(hurdle, fraction, critical=critical)
    spread = np.sqrt(variance_per_unit)
    effect = np.maximum(
        estimate if settings.assumed_effect is None else settings.assumed_effect, _LEAST_EFFECT * spread
    )
    size = stage2_size(needed, target=settings.target_conditional_power, noise=spread, effect=effect)
    return np.where(needed > _HOPELESS_Z, settings.most, np.clip(size, settings.least, settings.most))
