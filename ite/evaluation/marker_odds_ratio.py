"""The odds ratio of treatment at each value of a marker, from a logistic model with their interaction."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri

from ite.errors import EstimateError


class InteractionCoefficients(NamedTuple):
    """Coefficients of treatment and of treatment x marker on the log-odds scale, their variances and covariance."""

    treatment: float
    interaction: float
    variance_treatment: float
    variance_interaction: float
    covariance: float


def odds_ratio_by_marker(
    coefficients: InteractionCoefficients, marker: npt.ArrayLike, confidence: float = 0.95
) -> pd.DataFrame:
    """Return the odds ratio at each value of the marker with Wald limits, exact for a linear contrast.

    The odds are those of the event the model was fitted to; an odds ratio has no direction of benefit by itself.

    Parameters
    ----------
    coefficients
        From the fitted model.
    marker : array, shape (values,)
    confidence
        Two-sided, of each limit by itself.

    Returns
    -------
    DataFrame, one row per value
        marker, odds_ratio, lower, upper.

    Raises
    ------
    EstimateError
        If the variances and the covariance cannot belong together, or the confidence is not between 0 and 1.
    """
    _require_possible(coefficients, confidence)
    values = np.atleast_1d(np.asarray(marker, dtype=float))
    log_ratio = coefficients.treatment + values * coefficients.interaction
    variance = (
        coefficients.variance_treatment
        + values**2 * coefficients.variance_interaction
        + 2 * values * coefficients.covariance
    )
    width = float(ndtri(0.5 + confidence / 2)) * np.sqrt(np.maximum(variance, 0.0))
    return pd.DataFrame(
        {
            "marker": values,
            "odds_ratio": np.exp(log_ratio),
            "lower": np.exp(log_ratio - width),
            "upper": np.exp(log_ratio + width),
        }
    )


def _require_possible(coefficients: InteractionCoefficients, confidence: float) -> None:
    if not 0 < confidence < 1:
        raise EstimateError(
            f"Confidence should lie between 0 and 100 %, but {100 * confidence:g} % was given. Give 95 %, for example."
        )
    variances = coefficients.variance_treatment, coefficients.variance_interaction
    if min(variances) < 0:
        raise EstimateError(f"A variance should be at least 0, but {min(variances):g} was given. Correct it.")
    most = math.sqrt(variances[0] * variances[1])
    if abs(coefficients.covariance) > most * (1 + 1e-9):
        raise EstimateError(
            f"The covariance of the two coefficients should be at most {most:.6g} in size with these variances, but "
            f"{coefficients.covariance:.6g} was given. The nearest possible value is "
            f"{math.copysign(most, coefficients.covariance):.6g}."
        )
