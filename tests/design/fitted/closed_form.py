"""Assurance where outcomes vary alike at every effect: a second derivation of what is computed by quadrature."""

import numpy as np
from scipy.stats import norm

from ite.design.fitted.believed import BelievedEffects


def assurance_at(believed: BelievedEffects, standard_error: float, critical: float) -> float:
    """Return Phi((mean - critical se) / sqrt(se^2 + sd^2)), the power averaged over a normal belief.

    Source: O'Hagan, Stevens & Campbell 2005, Pharmaceutical Statistics 4:187-201.
    """
    distance = believed.mean - critical * standard_error
    return float(norm.cdf(distance / np.hypot(standard_error, believed.sd)))
