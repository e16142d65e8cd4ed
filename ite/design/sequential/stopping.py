"""The bounds of a trial with looks for an assumed effect, and what it does under any effect."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from ite.design.fixed.limits import normal_distance
from ite.design.sequential.boundary import Boundary, critical_values
from ite.design.sequential.crossing import Crossing, first_crossing
from ite.design.sequential.futility import Futility, futility_bounds
from ite.errors import DesignError
from ite.trial.columns import FloatArray

#: Drifts tried beyond that of the fixed design before a power is called out of reach.
_HIGHEST_DRIFT = 40.0
_ROUNDS, _SETTLED = 60, 1e-11


@dataclass(frozen=True, kw_only=True, eq=False)
class Bounds:
    """Where a trial stops; all of shape (looks,), on the z scale.

    Attributes
    ----------
    fractions
        Information fractions.
    upper
        Stop and reject at or above; infinite at a look for futility only.
    lower
        Stop without rejecting at or below; -inf without futility stop, and the upper bound at the last look.
    """

    fractions: FloatArray
    upper: FloatArray
    lower: FloatArray

    def stopping(self, drifts: FloatArray) -> Crossing:
        """Return the probabilities to stop at each look for efficacy (upper) and futility (lower), by drift."""
        return first_crossing(self.fractions, self.upper, self.lower, drifts)

    def power(self, drifts: FloatArray) -> FloatArray:
        """Return the probability to reject, by drift."""
        return np.asarray(self.stopping(drifts).upper.sum(axis=0))


@dataclass(frozen=True, kw_only=True, eq=False)
class PoweredBounds:
    """Bounds with the drift, the mean of Z at fraction 1, under which they have the power asked for.

    Attributes
    ----------
    inflation
        Largest size over that of the fixed design of equal level and power.
    """

    bounds: Bounds
    drift: float
    inflation: float


def bounds_for(boundary: Boundary, futility: Futility | None, *, drift: float, beta: float) -> Bounds:
    """Return the bounds if the assumed effect has this drift; beta is one minus the power that was asked for."""
    fractions, upper = boundary.fractions(), critical_values(boundary)
    lower = futility_bounds(futility, fractions, upper, drift=drift, beta=beta)
    if futility is None or not futility.binding:
        return Bounds(fractions=fractions, upper=upper, lower=lower)
    # Binding futility lowers the efficacy bounds, which may move the futility bounds: settle both.
    for _ in range(_ROUNDS):
        upper = critical_values(boundary, tuple(lower[:-1].tolist()))
        before, lower = lower, futility_bounds(futility, fractions, upper, drift=drift, beta=beta)
        if np.allclose(before, lower, rtol=0.0, atol=_SETTLED):
            return Bounds(fractions=fractions, upper=upper, lower=lower)
    raise DesignError(
        "Binding futility bounds and efficacy bounds do not settle on each other. Make futility non-binding or state "
        "its bounds as z."
    )


def powered_bounds(boundary: Boundary, futility: Futility | None, *, power: float) -> PoweredBounds:
    """Return the bounds and the drift that give the power.

    Raises
    ------
    DesignError
        If no size reaches the power with these futility bounds; it says which power is reached.
    """
    fixed = normal_distance(boundary.alpha, power)
    if boundary.looks == 1:
        return PoweredBounds(
            bounds=bounds_for(boundary, None, drift=fixed, beta=1.0 - power), drift=fixed, inflation=1.0
        )

    def bounds_at(drift: float) -> Bounds:
        return bounds_for(boundary, futility, drift=drift, beta=1.0 - power)

    def excess(drift: float) -> float:
        return float(bounds_at(drift).power(np.array([drift]))[0]) - power

    # No design with looks is more powerful than the fixed one of the same size.
    high = 1.1 * fixed
    while excess(high) < 0.0:
        if high > _HIGHEST_DRIFT:
            raise DesignError(
                f"A power of {100.0 * power:g} % is out of reach with these futility bounds: however large the trial, "
                f"it reaches {100.0 * (excess(high) + power):.1f} %. Lower the futility bounds or the power."
            )
        high *= 1.5
    drift = float(brentq(excess, fixed - 1e-6, high, xtol=1e-11, rtol=1e-13))
    return PoweredBounds(bounds=bounds_at(drift), drift=drift, inflation=(drift / fixed) ** 2)
