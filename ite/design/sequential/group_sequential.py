"""A trial with looks: what a user chooses, and its size for a power."""

from dataclasses import dataclass
from typing import Self

import pandas as pd
from pydantic import model_validator

from ite.design.fixed.calendar_limits import patients_for_events
from ite.design.fixed.design import Endpoint
from ite.design.fixed.event_times import EventTimes
from ite.design.fixed.limits import require_feasible_size
from ite.design.fixed.log_rank import LogRank
from ite.design.fixed.spec import DesignSpec, Positive, Rate
from ite.design.sequential.boundary import Boundary
from ite.design.sequential.futility import Futility
from ite.design.sequential.look_table import describe_looks
from ite.design.sequential.operating import OperatingCharacteristics, Truth, operating_characteristics
from ite.design.sequential.stopping import Bounds, bounds_for, powered_bounds
from ite.errors import DesignError


class GroupSequential(DesignSpec):
    """A trial that may stop early, one-sided.

    Attributes
    ----------
    endpoint
        The outcome with its assumed effect.
    boundary
        Looks, level, and when to stop for efficacy.
    futility
        When to stop without rejecting; None never before the last look.
    power
        Under the assumed effect, with all stopping rules obeyed.
    event_times, final_month
        For the log-rank test, to place the looks in the calendar: hazards and accrual, and the month by which all
        events are expected. Both or none.
    """

    endpoint: Endpoint
    boundary: Boundary = Boundary()
    futility: Futility | None = None
    power: Rate = 0.9
    event_times: EventTimes | None = None
    final_month: Positive | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.event_times is None) != (self.final_month is None):
            raise DesignError("A calendar needs both event times and a final month. Give both or leave out both.")
        if self.event_times is not None:
            _check_calendar(self.endpoint, self.event_times)
        return self


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupSequentialPlan:
    """A trial with looks that has its power; sizes are fractional, in patients or (log-rank test) in events.

    Attributes
    ----------
    max_size, fixed_size, inflation
        Size if no look stops the trial, size of the design with one analysis, and their ratio.
    drift
        Mean of the final z-statistic under the assumed effect.
    n_total
        Patients in both arms; None for a log-rank test without calendar.
    bounds
        Stopping bounds on the z scale.
    looks : DataFrame, one row per look
        See `describe_looks`.
    operating : OperatingCharacteristics
        Under the assumed effect, half of it, and none.
    """

    max_size: float
    fixed_size: float
    inflation: float
    drift: float
    n_total: float | None
    bounds: Bounds
    looks: pd.DataFrame
    operating: OperatingCharacteristics


def plan_group_sequential(design: GroupSequential) -> GroupSequentialPlan:
    """Return the size and the course of a trial with looks.

    The largest size is that of the fixed design times the inflation of the bounds.

    Raises
    ------
    DesignError
        If no feasible size has the power, or the calendar cannot deliver the events.
    """
    fixed_size = design.endpoint.size(alpha=design.boundary.alpha, power=design.power)
    powered = powered_bounds(design.boundary, _futility_of(design), power=design.power)
    max_size = require_feasible_size(
        fixed_size * powered.inflation,
        effect=f"a fixed design of {fixed_size:,.0f} with these looks",
        nearest=1e7 / powered.inflation,
    )
    n_total = _patients(design, max_size)
    truths = [
        Truth(name=name, drift=share * powered.drift, effect_share=share)
        for name, share in [("assumed effect", 1.0), ("half of it", 0.5), ("no effect", 0.0)]
    ]
    operating = operating_characteristics(
        powered.bounds, truths, max_size=max_size, event_times=design.event_times, n_total=n_total
    )
    return GroupSequentialPlan(
        max_size=max_size,
        fixed_size=fixed_size,
        inflation=powered.inflation,
        drift=powered.drift,
        n_total=n_total,
        bounds=powered.bounds,
        looks=describe_looks(
            powered.bounds, design.endpoint, drift=powered.drift, max_size=max_size, months=operating.months_of_looks
        ),
        operating=operating,
    )


def group_sequential_power(
    design: GroupSequential, max_size: float, truths: tuple[Endpoint, ...]
) -> OperatingCharacteristics:
    """Return what a trial of a given largest size does under any true effects.

    Parameters
    ----------
    design
        Its bounds; where they depend on the assumed effect, that of `design.endpoint` counts, at this size.
    max_size
        Patients, or events for the log-rank test, if no look stops the trial.
    truths
        What may be true; an effect in the wrong direction has a power below alpha.
    """
    alpha = design.boundary.alpha
    assumed = abs(design.endpoint.drift(max_size, alpha=alpha))
    bounds = bounds_for(design.boundary, _futility_of(design), drift=assumed, beta=1.0 - design.power)
    under = [Truth(name=str(number), drift=truth.drift(max_size, alpha=alpha)) for number, truth in enumerate(truths)]
    return operating_characteristics(bounds, under, max_size=max_size)


def _check_calendar(endpoint: Endpoint, times: EventTimes) -> None:
    if not isinstance(endpoint, LogRank):
        raise DesignError(
            f"Event times belong to a log-rank test, but the endpoint is {endpoint.kind}. Leave them out."
        )
    if times.allocation_ratio != endpoint.allocation_ratio:
        raise DesignError(
            f"The endpoint has the allocation ratio {endpoint.allocation_ratio:g} and its event times have "
            f"{times.allocation_ratio:g}. Give both the same."
        )
    ratios = set(times.hazard_ratio.levels)
    if len(ratios) == 1 and endpoint.hazard_ratio not in ratios:
        raise DesignError(
            f"The endpoint has the hazard ratio {endpoint.hazard_ratio:g} and its event times have {ratios.pop():g} "
            "throughout. Give both the same; where it changes over time the endpoint takes an average."
        )


def _futility_of(design: GroupSequential) -> Futility | None:
    """Return the futility rule with a bound in units of the endpoint turned into a share of the assumed effect."""
    futility = design.futility
    if futility is None or futility.scale != "effect":
        return futility
    if design.endpoint.standardised(1.0) == 0.0:
        raise DesignError("A futility bound in units of the endpoint needs an assumed effect, but none is assumed.")
    share = design.endpoint.share_of_effect
    shares = tuple(None if bound is None else share(bound) for bound in futility.bounds)
    return futility.model_copy(update={"scale": "effect_share", "bounds": shares})


def _patients(design: GroupSequential, max_size: float) -> float | None:
    """Return the patients; None where the size is in events and no calendar says whose."""
    if not isinstance(design.endpoint, LogRank):
        return max_size
    if design.event_times is None or design.final_month is None:
        return None
    return patients_for_events(design.event_times, events=max_size, month=design.final_month)
