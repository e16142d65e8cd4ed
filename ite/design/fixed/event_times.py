"""Expected events by calendar time, from accrual, hazards and drop-out that are constant in pieces.

A patient who entered x months ago has had the event, and had it seen, with probability G(x): the integral over (0, x)
of hazard(s) exp(-H(s)), where H is the cumulative hazard of the event and of drop-out together.
Expected events at month T are the integral of accrual(u) G(T - u) over the entries u; both integrals are closed forms.
"""

from collections.abc import Callable
from typing import Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import model_validator
from scipy.special import exprel

from ite.design.fixed.piecewise import Piecewise
from ite.design.fixed.spec import AllocationRatio, DesignSpec, Positive
from ite.errors import DesignError
from ite.trial.columns import FloatArray

_ONE, _NONE = Piecewise.constant(1.0), Piecewise.constant(0.0)
#: Below this the second-order term is summed as a series: its closed form cancels.
_SMALL = 1e-3


class EventTimes(DesignSpec):
    """When patients enter, have their event, and drop out. Months count from the first patient or from entry.

    Attributes
    ----------
    control_hazard
        Events per patient and month under control, by months since entry.
    hazard_ratio
        Treatment over control, by months since entry; a first piece of 1 is a delayed effect.
    dropout_hazard
        Drop-outs per patient and month, independent of the event.
    dropout_hazard_treatment
        The same under treatment; None if it is no other.
    accrual
        Patients per month, by calendar month. Where a number of patients is given only the proportions count.
    accrual_months
        Months until the last patient enters.
    allocation_ratio
        Patients under treatment for each patient under control.
    """

    control_hazard: Piecewise
    hazard_ratio: Piecewise = _ONE
    dropout_hazard: Piecewise = _NONE
    dropout_hazard_treatment: Piecewise | None = None
    accrual: Piecewise = _ONE
    accrual_months: Positive
    allocation_ratio: AllocationRatio = 1.0

    @model_validator(mode="after")
    def _somebody_enters(self) -> Self:
        if not self.accrual.until(self.accrual_months) > 0.0:
            raise DesignError(
                f"Nobody enters in the {self.accrual_months:g} months of accrual: every rate of accrual is 0. Give a "
                "rate above 0 or accrue for longer."
            )
        return self

    @property
    def treated_share(self) -> float:
        """Share of the patients under treatment."""
        return self.allocation_ratio / (1.0 + self.allocation_ratio)

    def starts(self) -> FloatArray:
        """Return the months since entry at which any hazard may change, increasing from 0."""
        parts = [self.control_hazard, self.hazard_ratio, self.dropout_hazard, self.dropout_hazard_treatment or _NONE]
        return np.unique(np.concatenate([part.starts for part in parts]))


def hazard_of_median(median_months: float) -> Piecewise:
    """Return the constant hazard under which half of the patients have had the event by the median."""
    return Piecewise.constant(float(np.log(2.0)) / median_months)


def event_probabilities(
    times: EventTimes, month: npt.ArrayLike, *, null: bool = False
) -> tuple[FloatArray, FloatArray]:
    """Return the probability, under treatment and under control, that a patient's event is seen by the month.

    It is the average over all patients to be accrued: who has not entered yet has no event. Under the null the hazard
    of the event is that of control in both arms. Shapes are that of `month`.
    """
    patients = times.accrual.until(times.accrual_months)
    treatment, control = _events_by_piece(times, month, null=null)
    return treatment.sum(axis=0) / patients, control.sum(axis=0) / patients


def accrued_events(times: EventTimes, month: npt.ArrayLike, *, null: bool = False) -> FloatArray:
    """Return the events expected by the month if patients come in the numbers that `times.accrual` says."""
    treatment, control = _events_by_piece(times, month, null=null)
    share = times.treated_share
    return np.asarray(share * treatment.sum(axis=0) + (1.0 - share) * control.sum(axis=0))


def mean_event_probability(times: EventTimes, month: npt.ArrayLike, *, null: bool = False) -> FloatArray:
    """Return the share of all patients to be accrued whose event is seen by the month, both arms together."""
    return np.asarray(accrued_events(times, month, null=null) / times.accrual.until(times.accrual_months))


def expected_events(times: EventTimes, months: npt.ArrayLike, *, n_total: float, null: bool = False) -> pd.DataFrame:
    """Return the expected course of a trial of `n_total` patients.

    Returns
    -------
    DataFrame with columns month, enrolled, events_treatment, events_control, events.
    """
    month = np.atleast_1d(np.asarray(months, dtype=float))
    treatment, control = event_probabilities(times, month, null=null)
    treated = n_total * times.treated_share
    enrolled = times.accrual.until(np.minimum(month, times.accrual_months)) / times.accrual.until(times.accrual_months)
    return pd.DataFrame(
        {
            "month": month,
            "enrolled": n_total * enrolled,
            "events_treatment": treated * treatment,
            "events_control": (n_total - treated) * control,
            "events": treated * treatment + (n_total - treated) * control,
        }
    )


def average_hazard_ratio(times: EventTimes, month: float) -> float:
    """Return the hazard ratio at an analysis, its logarithm averaged over the events expected until then.

    Under a delayed effect it is what the log-rank test estimates, in approximation; it approaches the late ratio as
    late events accumulate. NaN if no event is expected.
    """
    treatment, control = _events_by_piece(times, month, null=False)
    events = times.treated_share * treatment + (1.0 - times.treated_share) * control
    ratios = times.hazard_ratio.at(times.starts())
    seen = events > 0.0
    if not seen.any():
        return float("nan")
    with np.errstate(divide="ignore"):
        return float(np.exp(np.average(np.log(ratios[seen]), weights=events[seen])))


def _events_by_piece(times: EventTimes, month: npt.ArrayLike, *, null: bool) -> tuple[FloatArray, FloatArray]:
    """Return the events in each piece of the hazards if all patients had treatment, and if all had control."""
    starts, months = times.starts(), np.asarray(month, dtype=float)
    control = times.control_hazard.at(starts)
    treatment = control if null else control * times.hazard_ratio.at(starts)
    dropout = times.dropout_hazard.at(starts)
    treated_dropout = (times.dropout_hazard_treatment or times.dropout_hazard).at(starts)
    return (
        _over_entries(times, months, lambda x: _integrated(starts, treatment, treated_dropout, x)),
        _over_entries(times, months, lambda x: _integrated(starts, control, dropout, x)),
    )


def _over_entries(times: EventTimes, month: FloatArray, integrated: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """Integrate accrual(u) G(month - u) over the entries u; shape (pieces, *months)."""
    parts = []
    starts, rates = times.accrual.starts, times.accrual.levels
    for start, end, rate in zip(starts, [*starts[1:], np.inf], rates, strict=True):
        first, last = min(start, times.accrual_months), min(end, times.accrual_months)
        parts.append(rate * (integrated(month - first) - integrated(month - last)))
    return np.asarray(np.sum(parts, axis=0))


def _integrated(starts: FloatArray, hazard: FloatArray, dropout: FloatArray, months: FloatArray) -> FloatArray:
    """Return the integral from 0 to each month of the part of G that each piece adds; shape (pieces, *months)."""
    over = np.expand_dims(np.arange(len(starts)), tuple(range(1, 1 + months.ndim)))
    leaving, lengths = hazard + dropout, np.append(np.diff(starts), np.inf)
    remaining = np.exp(-np.concatenate([[0.0], np.cumsum(leaving[:-1] * lengths[:-1])]))
    since = np.maximum(months - starts[over], 0.0)
    inside = np.minimum(since, lengths[over])
    exponent = leaving[over] * inside
    risen = inside * exprel(-exponent)
    return np.asarray((hazard * remaining)[over] * (inside**2 * _second_order(exponent) + risen * (since - inside)))


def _second_order(exponent: FloatArray) -> FloatArray:
    """Return (u - 1 + exp(-u)) / u^2, which is 1/2 at u = 0."""
    series = 0.5 - exponent / 6.0 + exponent**2 / 24.0
    safe = np.maximum(exponent, _SMALL)
    return np.where(exponent < _SMALL, series, (1.0 - exprel(-safe)) / safe)
