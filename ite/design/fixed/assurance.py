"""Assurance: the probability of a significant result when the effect is uncertain."""

import math

from scipy.special import ndtr, ndtri

from ite.design.fixed.design import Endpoint
from ite.design.fixed.limits import require_size


def assurance(endpoint: Endpoint, size: float, *, prior_sd: float, alpha: float = 0.025) -> float:
    """Return the power averaged over a normal prior around the assumed effect, without truncation.

    Phi((m - z_{1-alpha}) / sqrt(1 + v)), with m and v the mean and variance of the statistic's mean.
    The z-test stands for the t-test here, and the unpooled test for the pooled one.

    Parameters
    ----------
    endpoint
        Its effect is the prior's mean.
    size
        Patients, or events for the log-rank test.
    prior_sd
        Standard deviation of the prior: of the mean difference, the difference of rates, or the log hazard ratio.
    alpha
        One-sided level.

    Source: O'Hagan, Stevens & Campbell 2005, Pharmaceutical Statistics 4:187-201.
    """
    require_size(size)
    uncertainty = prior_sd / endpoint.standard_error(size)
    return float(ndtr((endpoint.standardised(size) + ndtri(alpha)) / math.hypot(1.0, uncertainty)))
