"""Outcome variances of the arms of the next trial, for one or for many weightings of the source patients.

Legend: e is a patient's enrolment weight in [0, 1]; sums over patients stand in the order of `COLUMNS`.
"""

import numpy as np

from ite.design.fitted.patients import NextOutcome
from ite.trial.data import FloatArray

COLUMNS = ("e", "e control mean", "e control square", "e treated mean", "e treated square", "e slope", "e curvature")
#: A variance estimated below this share of the other arm's is a sign of an impossible mean, such as a chance above 1.
_LEAST_SHARE = 0.05


def moment_columns(outcome: NextOutcome, weight: FloatArray) -> FloatArray:
    """Return each patient's part in the sums, shape (patients, columns).

    Outcomes are measured from their mean under control: variances stay what they are, and keep their digits.
    """
    middle = float(np.average(outcome.control_mean, weights=weight))
    parts = np.column_stack(
        [
            np.ones(len(weight)),
            outcome.control_mean - middle,
            outcome.control_square - 2 * middle * outcome.control_mean + middle**2,
            outcome.treated_mean - middle,
            outcome.treated_square - 2 * middle * outcome.treated_mean + middle**2,
            outcome.slope - 2 * middle,
            outcome.curvature,
        ]
    )
    return np.asarray(parts * weight[:, None])


def variance_of_difference(sums: FloatArray, effect: FloatArray) -> FloatArray:
    """Return the variance of a treated plus that of a control outcome, shape (trials,).

    Everybody's predicted effect is shifted by one amount, so that the mean effect of the enrolled is `effect`. Divided
    by the patients in each arm it is the variance of the difference of means.

    Parameters
    ----------
    sums : array, shape (trials, columns)
        Weighted sums over the source patients.
    effect : array, shape (trials,)
        Mean effect of the enrolled in each trial.
    """
    control, control_square, treated, treated_square, slope, curvature = (sums[:, 1:] / sums[:, [0]]).T
    shift = effect - (treated - control)
    in_control = control_square - control**2
    in_treated = treated_square + slope * shift + curvature * shift**2 - (control + effect) ** 2
    return np.asarray(in_control + np.maximum(in_treated, _LEAST_SHARE * in_control))
