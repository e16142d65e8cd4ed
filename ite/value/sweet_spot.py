"""How much or how long to treat: where one more unit of exposure controls no more than it damages.

Legend: t is exposure (a dose or a duration), C(t) = 1 - exp(-k t) the control it brings, D(t) = 1 - exp(-d t) the
damage it does, a the weight of damage; utility is U(t) = C(t) - a D(t).
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import Field

from ite.trial.columns import FloatArray
from ite.value.fields import NotNegative, Positive, ValueSettings

_POINTS = 201


class Exposure(ValueSettings):
    """How fast control and damage build up with exposure.

    Attributes
    ----------
    benefit_rate, damage_rate
        k and d, per unit of exposure.
    damage_weight
        a: what full damage counts against full control.
    longest
        Most exposure that can be given; None is no limit.
    """

    called: ClassVar[str] = "The exposure"

    benefit_rate: Positive = Field(title="Rate of benefit (per unit of exposure)")
    damage_rate: Positive = Field(title="Rate of damage (per unit of exposure)")
    damage_weight: NotNegative = Field(default=1.0, title="Weight of damage")
    longest: Positive | None = Field(default=None, title="Longest exposure")


@dataclass(frozen=True, kw_only=True, eq=False)
class SweetSpot:
    """The best exposure.

    Attributes
    ----------
    exposure : float
        0 is "do not treat"; infinite where more is always better and no limit was given.
    utility : float
        There; never below 0.
    curve : DataFrame
        exposure, control, damage (unweighted), utility, marginal_benefit, marginal_damage (weighted).
    """

    spec: Exposure
    exposure: float
    utility: float
    curve: pd.DataFrame

    @property
    def treat(self) -> bool:
        """Whether any exposure is better than none."""
        return self.exposure > 0


def sweet_spot(spec: Exposure) -> SweetSpot:
    """Return the exposure of largest utility, in closed form, with the curves around it.

    log(k / (a d)) / (k - d) where damage comes later than benefit (d < k) and its weight is below k / d; without damage
    that comes later, treating without end or not at all.
    """
    rates = spec.benefit_rate, spec.damage_rate, spec.damage_weight
    best = float(best_exposure(*rates, spec.longest))
    return SweetSpot(spec=spec, exposure=best, utility=float(utility_at(*rates, best)), curve=_curve(spec, best))


def best_exposure(
    benefit_rate: npt.ArrayLike, damage_rate: npt.ArrayLike, damage_weight: npt.ArrayLike, longest: float | None = None
) -> FloatArray:
    """Return the exposure of largest utility for many rates at once, arrays that broadcast; of equals, the shortest."""
    k, d, a = np.broadcast_arrays(*(np.asarray(x, dtype=float) for x in (benefit_rate, damage_rate, damage_weight)))
    most = np.inf if longest is None else longest
    with np.errstate(divide="ignore", invalid="ignore"):  # a weight of 0, and k = d, have no such point
        turning = np.log(k / (a * d)) / (k - d)
    later = (k > d) & (k > a * d)  # utility rises, then falls
    at_the_end = (k <= d) & (utility_at(k, d, a, most) > 0)  # utility falls first, or never turns
    return np.where(later, np.minimum(turning, most), np.where(at_the_end, most, 0.0))


def utility_at(
    benefit_rate: npt.ArrayLike, damage_rate: npt.ArrayLike, damage_weight: npt.ArrayLike, exposure: npt.ArrayLike
) -> FloatArray:
    """Return control less weighted damage after an exposure, which may be infinite; arrays that broadcast."""
    k, d, a, t = (np.asarray(x, dtype=float) for x in (benefit_rate, damage_rate, damage_weight, exposure))
    return np.asarray(a * np.expm1(-d * t) - np.expm1(-k * t))


def _curve(spec: Exposure, best: float) -> pd.DataFrame:
    """Draw as far as three times the best exposure, but to where both curves have nearly levelled off without one."""
    level = 3.0 / min(spec.benefit_rate, spec.damage_rate)
    end = min(3 * best if 0 < best < np.inf else level, spec.longest or np.inf)
    t = np.linspace(0.0, end, _POINTS)
    k, d = spec.benefit_rate, spec.damage_rate
    control, damage = -np.expm1(-k * t), -np.expm1(-d * t)
    return pd.DataFrame(
        {
            "exposure": t,
            "control": control,
            "damage": damage,
            "utility": control - spec.damage_weight * damage,
            "marginal_benefit": k * np.exp(-k * t),
            "marginal_damage": spec.damage_weight * d * np.exp(-d * t),
        }
    )
