"""The promising zone: interim results at which a trial may be enlarged and still be tested as usual.

Legend: t is the information fraction of the look, z its statistic, c the final critical value, r the information of
the enlarged trial over that planned, s = sqrt((r - t) / (1 - t)). The usual final statistic may be compared with c if
b(z, r) = (s (c - z sqrt(t)) + z sqrt(t)) / sqrt(r) <= c: enlarging then takes chance findings away.
Source: Mehta & Pocock 2011, Statistics in Medicine 30:3267-3284.
"""

import math
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import Field
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from ite.design.fixed.spec import DesignSpec, Positive, Rate
from ite.design.sequential.reestimation import required_stage2_z, stage2_size
from ite.trial.columns import FloatArray


class PromisingZone(DesignSpec):
    """When a trial with one look may be enlarged.

    Attributes
    ----------
    information_fraction
        Of the look, in the trial as planned.
    critical
        Final critical value, which stays.
    largest_ratio
        Information of the trial if enlarged as far as allowed, over that planned.
    target_conditional_power
        What enlarging aims at, under the observed effect; from here on the trial is favourable as it is.
    """

    information_fraction: Rate
    critical: Positive
    largest_ratio: Annotated[float, Field(gt=1.0, le=1000.0)]
    target_conditional_power: Annotated[float, Field(gt=0.5, lt=1.0)] = 0.8


@dataclass(frozen=True, kw_only=True)
class ZoneLimits:
    """Between the lower and the upper limit a trial is promising; below it is unfavourable, above favourable.

    Attributes
    ----------
    lower_conditional_power, upper_conditional_power
        Under the observed effect, with the size as planned.
    lower_z, upper_z
        The interim statistics that give them.
    """

    lower_conditional_power: float
    upper_conditional_power: float
    lower_z: float
    upper_z: float


def zone_limits(zone: PromisingZone) -> ZoneLimits:
    """Return the limits of the promising zone."""
    upper_z = _z_of_power(zone, zone.target_conditional_power)
    # From a conditional power of one half on, enlarging never adds chance findings.
    safe_z = _z_of_power(zone, 0.5)
    lower_z = float(brentq(lambda z: _bound(zone, z) - zone.critical, 1e-3 * safe_z, safe_z, xtol=1e-12))
    return ZoneLimits(
        lower_conditional_power=_power_of_z(zone, lower_z),
        upper_conditional_power=zone.target_conditional_power,
        lower_z=lower_z,
        upper_z=upper_z,
    )


def enlarged_ratio(zone: PromisingZone, z: npt.ArrayLike) -> FloatArray:
    """Return the information over that planned at which z reaches the target, within 1 and the largest ratio."""
    z, t = np.asarray(z, dtype=float), zone.information_fraction
    stage2 = stage2_size(
        required_stage2_z(z, t, critical=zone.critical),
        target=zone.target_conditional_power,
        noise=math.sqrt(t),
        effect=np.maximum(z, 0.0),
    )
    return np.clip(t + stage2, 1.0, zone.largest_ratio)


def _bound(zone: PromisingZone, z: float) -> float:
    t, r = zone.information_fraction, float(enlarged_ratio(zone, z))
    stretched = math.sqrt((r - t) / (1.0 - t))
    return (stretched * (zone.critical - z * math.sqrt(t)) + z * math.sqrt(t)) / math.sqrt(r)


def _power_of_z(zone: PromisingZone, z: float) -> float:
    t = zone.information_fraction
    return float(ndtr((z / math.sqrt(t) - zone.critical) / math.sqrt(1.0 - t)))


def _z_of_power(zone: PromisingZone, power: float) -> float:
    t = zone.information_fraction
    return math.sqrt(t) * (zone.critical + math.sqrt(1.0 - t) * float(ndtri(power)))
