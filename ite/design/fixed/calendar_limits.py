"""Patients, months and events: given two of them, the third."""

from dataclasses import dataclass

from scipy.optimize import brentq

from ite.design.fixed.event_times import EventTimes, accrued_events, mean_event_probability
from ite.design.fixed.limits import require_feasible_size
from ite.errors import DesignError

#: Months after which nothing more is expected: what is not seen by then is never seen.
_FOR_EVER = 1e7


@dataclass(frozen=True, kw_only=True, eq=False)
class Accrual:
    """How long to accrue, and whom.

    Attributes
    ----------
    n_total
        Patients in both arms.
    accrual_months
        Months until the last of them enters.
    """

    n_total: float
    accrual_months: float


def patients_for_events(times: EventTimes, *, events: float, month: float) -> float:
    """Return the patients, accrued over `times.accrual_months`, of whom `events` are expected by the month."""
    share = float(mean_event_probability(times, month))
    if share <= 0.0:
        raise DesignError(f"Events are expected only after the first patient, but the analysis is at month {month:g}.")
    return require_feasible_size(events / share, effect=f"a share of {share:.3g} with an event", nearest=events / 1e7)


def month_of_events(times: EventTimes, *, events: float, n_total: float, null: bool = False) -> float:
    """Return the calendar month at which `events` are expected among `n_total` patients.

    Raises
    ------
    DesignError
        If so many are never expected; it says how many are.
    """
    reachable = n_total * float(mean_event_probability(times, _FOR_EVER, null=null))
    if not 0.0 <= events < reachable:
        raise DesignError(
            f"{events:,.1f} events are never expected among {n_total:,.1f} patients: at most {reachable:,.1f} are "
            "reachable. Enrol more patients or plan for fewer events."
        )

    def excess(month: float) -> float:
        return n_total * float(mean_event_probability(times, month, null=null)) - events

    high = times.accrual_months
    while excess(high) < 0.0:
        high *= 2.0
    return float(brentq(excess, 0.0, high, xtol=1e-10, rtol=1e-13))


def accrual_for_events(times: EventTimes, *, events: float, month: float) -> Accrual:
    """Return the shortest accrual after which `events` are expected by a month that is fixed in advance.

    Here `times.accrual` counts: patients per month as they come. `times.accrual_months` is the answer and not used.

    Raises
    ------
    DesignError
        If accrual until the very month would not do; it says how many events are reachable.
    """
    if month <= 0.0:
        raise DesignError(f"The calendar limit lies after the first patient, but month {month:g} was given.")

    def excess(accrual_months: float) -> float:
        longer = times.model_copy(update={"accrual_months": accrual_months})
        return float(accrued_events(longer, month)) - events

    if excess(month) < 0.0:
        raise DesignError(
            f"{events:,.1f} events are not expected by month {month:g}: at most {excess(month) + events:,.1f} are "
            "reachable at this accrual. Extend the calendar, accrue faster or plan for fewer events."
        )
    months = float(brentq(excess, 0.0, month, xtol=1e-10, rtol=1e-13))
    return Accrual(n_total=float(times.accrual.until(months)), accrual_months=months)
