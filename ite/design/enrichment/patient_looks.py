"""The calendar of an event-driven trial: when an analysis is due, and what is known of each patient by then."""

from dataclasses import dataclass

import numpy as np

from ite.design.enrichment.patient_cohort import Cohort
from ite.design.enrichment.patient_log_rank import RiskOrder, in_risk_order
from ite.trial.columns import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Look:
    """When an analysis takes place; arrays of shape (trials,).

    Attributes
    ----------
    month
        Calendar month.
    reached
        Whether the planned number of events was seen; if not, the analysis is held at the calendar limit, or when
        nobody is left under observation.
    """

    month: FloatArray
    reached: BoolArray


def look_after(events: IntArray, cohort: Cohort, counted: BoolArray, limit: float | None) -> Look:
    """Return the look that is due with this many events.

    Parameters
    ----------
    events
        Number of events that are waited for, shape (trials,).
    cohort
        Patients.
    counted
        Patients whose events count, shape (trials, patients).
    limit
        Calendar limit in months; None is none.
    """
    happens = np.sort(np.where(cohort.event & counted, cohort.ends, np.inf), axis=1)
    patients = happens.shape[1]
    due = np.take_along_axis(happens, np.minimum(events, patients)[:, None] - 1, axis=1)[:, 0]
    last = cohort.ends.max(axis=1) if limit is None else np.full(len(due), limit)
    reached = (due <= last) & (events <= patients)
    return Look(month=np.where(reached, due, last), reached=reached)


def known_at(month: FloatArray, cohort: Cohort, patients: BoolArray | None = None) -> RiskOrder:
    """Return what is known of each patient at a calendar month, in order of follow-up.

    Parameters
    ----------
    month
        Shape (trials,).
    cohort
        Patients; who enters later is not at risk.
    patients
        Who is analysed, shape (trials, patients); None is everybody.
    """
    month = month[:, None]
    seen = cohort.event & (cohort.ends <= month)
    time = np.clip(month - cohort.entry, 0.0, cohort.months)
    if patients is not None:
        seen = seen & patients
        time = np.where(patients, time, 0.0)
    return in_risk_order(time, seen, cohort.treated, cohort.stratum)


def among(recruited: BoolArray, cohort: Cohort) -> BoolArray:
    """Say which patients belong to these strata.

    Parameters
    ----------
    recruited
        Strata of each trial, shape (trials, strata).
    cohort
        Patients.
    """
    found = np.zeros(cohort.event.shape, dtype=np.bool_)
    for stratum, chosen in enumerate(recruited.T):
        found |= (cohort.stratum == stratum) & chosen[:, None]
    return found
