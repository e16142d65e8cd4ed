"""A risk difference standardised to the patients of all strata."""

import numpy as np
import numpy.typing as npt


def standardised_risk_difference(risk_control: npt.ArrayLike, risk_treated: npt.ArrayLike, n: npt.ArrayLike) -> float:
    """Return the average over strata of control risk minus treated risk, weighted by patients; positive = benefit.

    Parameters
    ----------
    risk_control, risk_treated, n : array, shape (strata,)
        Risks of a bad event by arm, and patients of both arms, in each stratum.
    """
    reduction = np.asarray(risk_control, dtype=float) - np.asarray(risk_treated, dtype=float)
    return float(np.average(reduction, weights=np.asarray(n, dtype=float)))
