"""How strong an unmeasured confounder would have to be to explain a risk ratio away."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import Field

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.fields import Positive, ValueSettings


class ObservedRatio(ValueSettings):
    """A risk ratio, and the limit of its confidence interval nearest to 1 (None where it is not known)."""

    called: ClassVar[str] = "The risk ratio"

    risk_ratio: Positive = Field(title="Risk ratio")
    limit_nearest_1: Positive | None = Field(default=None, title="Confidence limit nearest to 1")


@dataclass(frozen=True, kw_only=True, eq=False)
class EValue:
    """Least risk ratio that a confounder must have with both treatment and outcome.

    Attributes
    ----------
    estimate : float
        To move the estimate to 1.
    limit : float or None
        To move the interval to 1: it is 1 where the interval already reaches it; None without an interval.
    """

    spec: ObservedRatio
    estimate: float
    limit: float | None


def e_value(spec: ObservedRatio) -> EValue:
    """Return the E-value of a risk ratio and of its confidence limit.

    Raises
    ------
    ValuationError
        If the limit lies farther from 1 than the estimate, on the same side.

    Source: VanderWeele & Ding 2017, Annals of Internal Medicine 167:268-274.
    """
    ratio, limit = spec.risk_ratio, spec.limit_nearest_1
    if limit is not None and (limit > ratio > 1 or limit < ratio < 1):
        raise ValuationError(
            f"The limit nearest to 1 should lie between 1 and the risk ratio of {ratio:g}, or beyond 1, but {limit:g} "
            f"was given: that is the other limit. Give the {'lower' if ratio > 1 else 'upper'} one."
        )
    return EValue(
        spec=spec, estimate=_needed(_above_1(ratio)), limit=None if limit is None else _of_limit(ratio, limit)
    )


def explaining_strength(risk_ratio: float, with_treatment: npt.ArrayLike) -> FloatArray:
    """Return the risk ratio with the outcome a confounder needs, for each of its ratios with treatment.

    Infinite where no strength would do: the ratio with treatment is not above the observed one.
    """
    observed, given = _above_1(risk_ratio), np.asarray(with_treatment, dtype=float)
    enough = given > observed
    room = np.where(enough, given - observed, 1.0)
    needed = np.where(enough, observed * (given - 1) / room, np.inf)
    return np.where(observed == 1, 1.0, needed)


def _of_limit(ratio: float, limit: float) -> float:
    same_side = limit > 1 if ratio > 1 else limit < 1
    return _needed(_above_1(limit)) if same_side and ratio != 1 else 1.0


def _above_1(ratio: float) -> float:
    return max(ratio, 1 / ratio)


def _needed(ratio: float) -> float:
    return ratio + math.sqrt(ratio * (ratio - 1))
