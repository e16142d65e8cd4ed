"""Size and power of a 1:1 trial by the normal approximation, for many effects at once.

Legend: z_p is the p-quantile of the standard normal. Sizes are totals of both arms and fractional. Alpha is one-sided.
Where the effect is zero or harmful no size reaches the power: the size is infinite.
"""

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from ite.design.fixed.limits import normal_distance
from ite.trial.data import FloatArray


def power_of_means(effect: npt.ArrayLike, n_total: npt.ArrayLike, *, sd: float, alpha: float) -> FloatArray:
    """Power of the one-sided z-test of two means: Phi(effect sqrt(n_total) / (2 sd) - z_{1-alpha})."""
    signal = np.asarray(effect, dtype=float) * np.sqrt(np.asarray(n_total, dtype=float)) / (2 * sd)
    return np.asarray(ndtr(signal - ndtri(1 - alpha)))


def size_of_means(effect: npt.ArrayLike, *, sd: float, alpha: float, power: float) -> FloatArray:
    """Patients for a difference of means: 4 (z_{1-alpha} + z_power)^2 sd^2 / effect^2."""
    return 4 * sd**2 * _patients_per_unit(np.asarray(effect, dtype=float), alpha, power)


def size_of_rates(treatment: npt.ArrayLike, control: float, *, alpha: float, power: float) -> FloatArray:
    """Patients for a difference of rates, unpooled: twice (z + z)^2 (p q + p_c q_c) / (p - p_c)^2 per arm.

    Legend: p, p_c are the rates of response under treatment and control, q = 1 - p.
    """
    rate = np.asarray(treatment, dtype=float)
    variance = rate * (1 - rate) + control * (1 - control)
    return np.asarray(2 * variance * _patients_per_unit(rate - control, alpha, power))


def events_of_hazards(log_hazard_ratio: npt.ArrayLike, *, alpha: float, power: float) -> FloatArray:
    """Events for a log-rank test: 4 (z_{1-alpha} + z_power)^2 / log(HR)^2; a log hazard ratio below 0 is benefit.

    Source: Schoenfeld 1983, Biometrics 39:499-503.
    """
    return 4 * _patients_per_unit(-np.asarray(log_hazard_ratio, dtype=float), alpha, power)


def _patients_per_unit(effect: FloatArray, alpha: float, power: float) -> FloatArray:
    """Return (z_{1-alpha} + z_power)^2 / effect^2, infinite where the effect is not a benefit."""
    with np.errstate(divide="ignore"):
        needed = normal_distance(alpha, power) ** 2 / effect**2
    return np.where(effect > 0, needed, np.inf)
