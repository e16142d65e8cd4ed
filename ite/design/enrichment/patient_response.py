"""Selecting populations by an early response: what is known of it at the interim look."""

import numpy as np

from ite.design.enrichment.patient_cohort import Cohort
from ite.design.enrichment.patient_looks import Look
from ite.trial.columns import BoolArray, FloatArray


def response_scores(
    after_months: float, cohort: Cohort, look: Look, strata: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return patients asked, scores n * (difference of response rates), and pooled null variances of the scores.

    Each of shape (strata, trials); positive is benefit. Where an arm of a stratum holds nobody yet, score and variance
    are 0.

    Parameters
    ----------
    after_months
        When the response is seen, counted from entry.
    cohort, look
        Patients, and when they are looked at.
    strata
        Number of strata.
    """
    seen = cohort.entry + after_months <= look.month[:, None]
    response = np.zeros_like(seen) if cohort.response is None else cohort.response
    treated, control = seen & cohort.treated, seen & ~cohort.treated
    n_treated, n_control = _by_stratum(treated, cohort, strata), _by_stratum(control, cohort, strata)
    yes_treated, yes_control = (_by_stratum(arm & response, cohort, strata) for arm in (treated, control))
    n = n_treated + n_control
    both = (n_treated > 0) & (n_control > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = np.where(both, yes_treated / n_treated - yes_control / n_control, 0.0)
        rate = (yes_treated + yes_control) / n
        variance = np.where(both, n**2 * rate * (1 - rate) * (1 / n_treated + 1 / n_control), 0.0)
    return n, n * difference, variance


def _by_stratum(chosen: BoolArray, cohort: Cohort, strata: int) -> FloatArray:
    counts = [np.count_nonzero(chosen & (cohort.stratum == stratum), axis=1) for stratum in range(strata)]
    return np.array(counts, dtype=np.float64)
