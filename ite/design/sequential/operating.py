"""What a trial with looks does under one or several true effects."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.design.fixed.calendar_limits import month_of_events
from ite.design.fixed.event_times import EventTimes
from ite.design.sequential.stopping import Bounds
from ite.errors import DesignError
from ite.trial.columns import FloatArray


@dataclass(frozen=True, kw_only=True)
class Truth:
    """An effect that may be true.

    Attributes
    ----------
    name
        How tables call it.
    drift
        Mean of the final z-statistic.
    effect_share
        Share of the assumed effect, on the log scale for hazard ratios; None where the calendar is not asked for.
    """

    name: str
    drift: float
    effect_share: float | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class OperatingCharacteristics:
    """Power, expected size and stopping of a trial with looks.

    Attributes
    ----------
    truths : DataFrame, one row per truth
        truth, drift, power, stop_early_efficacy, stop_early_futility, expected_size, expected_months (NaN without
        calendar, or where the events of a look are never reached).
    stopping : DataFrame, one row per truth and look
        truth, look, efficacy, futility: probabilities to stop at that look for that reason; month of the look.
    """

    truths: pd.DataFrame
    stopping: pd.DataFrame

    @property
    def months_of_looks(self) -> FloatArray:
        """Months at which the looks are expected under the first truth; NaN without calendar."""
        first = self.stopping["truth"] == self.truths["truth"].iloc[0]
        return np.asarray(self.stopping.loc[first, "month"], dtype=float)


def operating_characteristics(
    bounds: Bounds,
    truths: Sequence[Truth],
    *,
    max_size: float,
    event_times: EventTimes | None = None,
    n_total: float | None = None,
) -> OperatingCharacteristics:
    """Return the operating characteristics; with event times and patients also in months."""
    crossing = bounds.stopping(np.array([truth.drift for truth in truths]))
    stops = crossing.upper + crossing.lower
    sizes = max_size * bounds.fractions
    months = np.full(stops.shape, np.nan)
    if event_times is not None and n_total is not None:
        months = np.column_stack([_months(event_times, truth, sizes, n_total) for truth in truths])
    table = pd.DataFrame(
        {
            "truth": [truth.name for truth in truths],
            "drift": [truth.drift for truth in truths],
            "power": crossing.upper.sum(axis=0),
            "stop_early_efficacy": crossing.upper[:-1].sum(axis=0),
            "stop_early_futility": crossing.lower[:-1].sum(axis=0),
            "expected_size": sizes @ stops,
            "expected_months": (months * stops).sum(axis=0),
        }
    )
    looks = np.arange(1, len(sizes) + 1)
    stopping = pd.concat(
        [
            pd.DataFrame(
                {
                    "truth": truth.name,
                    "look": looks,
                    "efficacy": crossing.upper[:, place],
                    "futility": crossing.lower[:, place],
                    "month": months[:, place],
                }
            )
            for place, truth in enumerate(truths)
        ],
        ignore_index=True,
    )
    return OperatingCharacteristics(truths=table, stopping=stopping)


def _months(times: EventTimes, truth: Truth, events: FloatArray, n_total: float) -> FloatArray:
    """Return the months at which the events of the looks are expected; NaN where they never are."""
    if truth.effect_share is None:
        raise ValueError(f"the calendar under '{truth.name}' needs its share of the assumed effect")
    ratio = times.hazard_ratio
    levels = tuple(level**truth.effect_share for level in ratio.levels)
    under = times.model_copy(update={"hazard_ratio": ratio.model_copy(update={"levels": levels})})
    return np.array([_month(under, count, n_total) for count in events])


def _month(times: EventTimes, events: float, n_total: float) -> float:
    try:
        return month_of_events(times, events=events, n_total=n_total)
    except DesignError:  # under another effect than the assumed one fewer events may ever come: the month is unknown
        return float("nan")
