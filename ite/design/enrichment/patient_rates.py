"""When a rate that changes at given months has added up: the arrival of a patient, or an event."""

import numpy as np

from ite.trial.columns import FloatArray, IntArray


def months_to_reach(total: FloatArray, starts: FloatArray, rates: FloatArray, column: IntArray | int = 0) -> FloatArray:
    """Return when a rate has added up to `total`.

    Parameters
    ----------
    total
        Patients, or cumulative hazard; any shape.
    starts
        Month from which each rate holds, increasing from 0, shape (pieces,); the last one holds for ever.
    rates
        Rate per month, positive, shape (pieces, columns).
    column
        Which column holds for each element of `total`.
    """
    if len(starts) == 1:
        return np.asarray(total / np.take(rates[0], column))
    months = np.zeros_like(total)
    left = total
    for piece, rate in enumerate(rates):
        last = piece + 1 == len(starts)
        whole = np.full(len(rate), np.inf) if last else rate * (starts[piece + 1] - starts[piece])
        months += np.clip(left, 0.0, whole[column]) / rate[column]
        left = left - whole[column]
    return months
