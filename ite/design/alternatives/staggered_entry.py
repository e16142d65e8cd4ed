"""Platforms whose arms join one after another: each is compared with the controls enrolled while it was open.

Patients flow at their expected rate, so that the calendar is a closed form. Legend: arm k has n patients and c_k
controls enrolled while it was open, of which o_jk were enrolled while arm j was open too. With v_k = 1/n + 1/c_k the
statistics of two arms have the correlation o_jk / (c_j c_k) over sqrt(v_j v_k).

Sources: Lee & Wason 2020, BMC Medical Research Methodology 20:165 (concurrent controls); own derivation.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pydantic import Field
from scipy.special import ndtr

from ite.design.alternatives.correlated_tests import (
    all_rejected,
    family_wise_critical_value,
    none_rejected,
    some_rejected,
)
from ite.design.alternatives.fields import NotNegative
from ite.design.alternatives.platform_calendar import Calendar, platform_calendar
from ite.design.alternatives.shared_control import SharedControl, critical_value, require_prevalences
from ite.design.fixed.spec import DesignSpec
from ite.errors import DesignError
from ite.trial.data import BoolArray, FloatArray

METHOD = (
    "Calendar of the expected enrolment; correlations of the comparisons from the controls that they share, and joint "
    "power by numerical integration of the multivariate normal (error about 0.001 %): no simulation."
)
ASSUMPTIONS = (
    "Known standard deviation, the same in every arm; patients come at their expected rate.",
    "An arm closes when it is full; the control gets its share for the arms that are open at the time.",
    "Controls from before an arm joined are of use only if nothing changed over time; by default they are left out.",
)
MOST_ARMS = 8


class StaggeredEntry(DesignSpec):
    """A shared-control trial whose arms join at different months.

    Attributes
    ----------
    design
        The trial as it would be with all arms from the start: its arms keep their size; it holds the patients a month.
    joins
        Month at which each arm joins.
    """

    design: SharedControl
    joins: tuple[NotNegative, ...] = Field(min_length=1)


@dataclass(frozen=True, kw_only=True, eq=False)
class Comparisons:
    """The comparisons of all arms with one choice of controls.

    Attributes
    ----------
    controls, power : array, shape (arms,)
        Control patients of each arm, fractional, and the power of its comparison.
    correlation : array, shape (arms, arms)
        Correlations of the z statistics.
    critical : float
        Critical value of each z statistic.
    power_any, power_all : float
        Probability that some, and that every comparison is significant.
    family_wise_error : float
        Probability of any significant comparison without any effect.
    """

    controls: FloatArray
    power: FloatArray
    correlation: FloatArray
    critical: float
    power_any: float
    power_all: float
    family_wise_error: float


@dataclass(frozen=True, kw_only=True, eq=False)
class StaggeredCharacteristics:
    """What arms that join later get.

    Attributes
    ----------
    calendar : Calendar
        When each arm joins and is full, and how many patients that takes.
    concurrent, all_so_far : Comparisons
        With the controls enrolled while an arm was open, and with those from before it joined as well.
    method, assumptions : str, tuple of str
        How the figures come about.
    """

    spec: StaggeredEntry
    calendar: Calendar
    concurrent: Comparisons
    all_so_far: Comparisons
    method: str = METHOD
    assumptions: tuple[str, ...] = ASSUMPTIONS

    @property
    def arms(self) -> pd.DataFrame:
        """One row per arm: joins and full (months), controls and power, concurrent ones and all so far."""
        return pd.DataFrame(
            {
                "effect": self.spec.design.effects,
                "joins": self.spec.joins,
                "full": self.calendar.full,
                "controls": self.concurrent.controls,
                "power": self.concurrent.power,
                "controls_so_far": self.all_so_far.controls,
                "power_so_far": self.all_so_far.power,
            }
        )


def staggered_characteristics(spec: StaggeredEntry) -> StaggeredCharacteristics:
    """Return calendar, controls and power of a platform whose arms join at different months.

    Raises
    ------
    DesignError
        If there is not one month for each arm, more than 8 arms, no rate of patients, or prevalences do not fit.
    """
    _require_arms(spec)
    calendar = platform_calendar(spec.design, np.array(spec.joins, dtype=float))
    until_full = np.maximum.accumulate(calendar.open[::-1])[::-1]
    return StaggeredCharacteristics(
        spec=spec,
        calendar=calendar,
        concurrent=_comparisons(spec.design, calendar, calendar.open),
        all_so_far=_comparisons(spec.design, calendar, until_full),
    )


def _comparisons(design: SharedControl, calendar: Calendar, used: BoolArray) -> Comparisons:
    """Compare each arm with the controls of the periods that it uses; `used` has the shape (periods, arms)."""
    shared = (used * calendar.control[:, None]).T @ used
    controls = np.diag(shared)
    error = np.sqrt(1 / design.n_arm + 1 / controls)
    correlation = shared / np.outer(controls * error, controls * error)
    np.fill_diagonal(correlation, 1.0)
    mean, no_effect = np.array(design.effects) / (design.sd * error), np.zeros(len(controls))
    critical = (
        family_wise_critical_value(design.alpha, correlation)
        if design.adjustment == "dunnett"
        else critical_value(design)
    )
    return Comparisons(
        controls=controls,
        power=np.asarray(ndtr(mean - critical)),
        correlation=correlation,
        critical=critical,
        power_any=1 - none_rejected(mean, critical, correlation),
        power_all=all_rejected(mean, critical, correlation),
        family_wise_error=some_rejected(no_effect, critical, correlation),
    )


def _require_arms(spec: StaggeredEntry) -> None:
    require_prevalences(spec.design)
    arms = len(spec.design.effects)
    if len(spec.joins) != arms:
        raise DesignError(f"Each of the {arms} treatments needs the month at which it joins; found {len(spec.joins)}.")
    if arms > MOST_ARMS:
        raise DesignError(
            f"Arms that join later are computed for at most {MOST_ARMS} treatments; found {arms}. Leave some out."
        )
