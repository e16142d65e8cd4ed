"""What an interim result says about the final one: conditional and predictive power.

Legend: t is the information fraction of the look, z its statistic, c the final critical value, drift = E[Z(1)], and
B(t) = z sqrt(t) the score. The trial succeeds if Z(1) >= c.
"""

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from ite.design.sequential.crossing import Given, first_crossing
from ite.trial.columns import FloatArray


def current_trend(z: npt.ArrayLike, fraction: npt.ArrayLike) -> FloatArray:
    """Return the drift that the data at the look point at: z / sqrt(t)."""
    return np.asarray(np.asarray(z, dtype=float) / np.sqrt(fraction))


def conditional_power(
    z: npt.ArrayLike, fraction: npt.ArrayLike, *, critical: float, drift: npt.ArrayLike
) -> FloatArray:
    """Return the probability to succeed at the end under a drift, given z at the look; nobody looks in between.

    Phi((z sqrt(t) + drift (1 - t) - c) / sqrt(1 - t)).
    """
    z, t = np.asarray(z, dtype=float), np.asarray(fraction, dtype=float)
    return np.asarray(ndtr((z * np.sqrt(t) + np.asarray(drift) * (1.0 - t) - critical) / np.sqrt(1.0 - t)))


def predictive_power(
    z: npt.ArrayLike,
    fraction: npt.ArrayLike,
    *,
    critical: float,
    prior_drift: float = 0.0,
    prior_sd: float = np.inf,
) -> FloatArray:
    """Return the conditional power averaged over the posterior of the drift, from a normal prior.

    An infinite prior_sd is the flat prior, whose posterior is N(z / sqrt(t), 1 / t).
    """
    z, t = np.asarray(z, dtype=float), np.asarray(fraction, dtype=float)
    prior_precision = 1.0 / prior_sd**2
    precision = t + prior_precision
    posterior = (z * np.sqrt(t) + prior_drift * prior_precision) / precision
    mean, variance = z * np.sqrt(t) + posterior * (1.0 - t), (1.0 - t) + (1.0 - t) ** 2 / precision
    return np.asarray(ndtr((mean - critical) / np.sqrt(variance)))


def conditional_rejection(
    z: float, fraction: float, *, fractions: FloatArray, upper: FloatArray, lower: FloatArray, drift: float
) -> float:
    """Return the probability to reject at any later look, given z at the look.

    `fractions`, `upper` and `lower` are those of the later looks, on the z scale.
    """
    given = Given(fraction=fraction, score=z * float(np.sqrt(fraction)))
    return float(first_crossing(fractions, upper, lower, np.array([drift]), given=given).upper.sum())


def z_of_conditional_power(
    power: FloatArray, fraction: FloatArray, *, critical: float, drift: float | None
) -> FloatArray:
    """Return the z at a look that leaves this conditional power under a drift; None takes the current trend."""
    least = critical + np.sqrt(1.0 - fraction) * ndtri(power)
    if drift is None:
        return np.asarray(np.sqrt(fraction) * least)
    return np.asarray((least - drift * (1.0 - fraction)) / np.sqrt(fraction))


def z_of_predictive_power(power: FloatArray, fraction: FloatArray, *, critical: float) -> FloatArray:
    """Return the z at a look that leaves this predictive power under the flat prior."""
    return np.asarray(critical * np.sqrt(fraction) + np.sqrt(1.0 - fraction) * ndtri(power))
