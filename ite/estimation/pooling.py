"""Rubin's rules: estimates from several completed data sets become one, with the uncertainty of what was filled in."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from ite.trial.data import FloatArray


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """One estimate from several completed data sets.

    Attributes
    ----------
    estimate, se, lower, upper
        With the 95 % interval of a t distribution.
    degrees
        Degrees of freedom of that distribution.
    missing_information
        Share of the variance that is due to the missing values, in [0, 1).
    """

    estimate: float
    se: float
    lower: float
    upper: float
    degrees: float
    missing_information: float


def pool(estimates: FloatArray, variances: FloatArray, complete_degrees: float) -> Pooled:
    """Pool the estimates of completed data sets.

    Parameters
    ----------
    estimates, variances : arrays, shape (data sets,)
        Estimate and squared standard error in each; at least two.
    complete_degrees
        Degrees of freedom that the estimate would have if nothing were missing.

    Raises
    ------
    ValueError
        For fewer than two data sets.

    Source: Rubin 1987, Multiple Imputation for Nonresponse in Surveys; Barnard & Rubin 1999, Biometrika 86:948-955.
    """
    m = len(estimates)
    if m < 2:
        raise ValueError(f"pooling needs at least two completed data sets, not {m}")
    between = (1 + 1 / m) * float(np.var(estimates, ddof=1))
    total = float(np.mean(variances)) + between
    share = between / total
    observed = (complete_degrees + 1) / (complete_degrees + 3) * complete_degrees * (1 - share)
    degrees = observed if share == 0 else 1 / (share**2 / (m - 1) + 1 / observed)
    estimate, se = float(np.mean(estimates)), float(np.sqrt(total))
    reach = float(stdtrit(degrees, 0.975)) * se
    return Pooled(
        estimate=estimate,
        se=se,
        lower=estimate - reach,
        upper=estimate + reach,
        degrees=degrees,
        missing_information=share,
    )
