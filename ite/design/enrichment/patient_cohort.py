"""From random numbers to patients: who enters when, in which stratum, and when each one's event or drop-out comes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ite.design.enrichment.outcome import HazardsByStratum
from ite.design.enrichment.patient_level import PatientLevel
from ite.design.enrichment.patient_luck import Luck
from ite.design.enrichment.patient_rates import months_to_reach
from ite.design.enrichment.scenario import Scenario
from ite.errors import DesignError
from ite.trial.columns import BoolArray, FloatArray


@dataclass(frozen=True, kw_only=True, eq=False)
class Cohort:
    """Patients of each trial; arrays of shape (trials, patients).

    Attributes
    ----------
    arrived
        Arrivals that were to be expected by the time of randomisation, of all strata whether recruited or not.
    pace
        Share of those who arrive that may enter at present, shape (trials, 1).
    entry
        Calendar month of randomisation.
    stratum
        Number of the stratum.
    treated
        Arm.
    months
        From entry to event or drop-out, whichever comes first.
    ends
        Calendar month of event or drop-out.
    event
        Whether it is the event.
    response
        Early response; None where there is none.
    """

    arrived: FloatArray
    pace: FloatArray
    entry: FloatArray
    stratum: npt.NDArray[np.uint8]
    treated: BoolArray
    months: FloatArray
    ends: FloatArray
    event: BoolArray
    response: BoolArray | None


class Patients:
    """Makes patients from random numbers; holds the assumptions in the form in which that is fast.

    Attributes
    ----------
    level, scenario
        The assumptions.
    monitored
        Strata whose events bring on the looks, shape (strata,).
    """

    def __init__(self, level: PatientLevel, scenario: Scenario) -> None:
        self.level = level
        self.scenario = scenario
        self.monitored = monitored_strata(level, scenario)
        self._starts, self._hazards = arm_hazards(level, scenario)

    def everybody(self, luck: Luck) -> Cohort:
        """Return the patients if all strata are recruited throughout."""
        everyone = np.ones((len(luck.arrivals), 1))
        return self._followed(luck, luck.arrivals, everyone, _strata(luck.place, luck.shares))

    def restricted(self, luck: Luck, cohort: Cohort, recruited: BoolArray, from_month: FloatArray) -> Cohort:
        """Return the patients if only some strata are recruited from a month on, whoever was recruited before.

        Parameters
        ----------
        luck
            Random numbers of all patients.
        cohort
            The patients if recruitment goes on as it was.
        recruited
            Strata that are still recruited, shape (trials, strata); at least one of each trial.
        from_month
            When the others stop, shape (trials,).
        """
        shares = luck.shares * recruited
        open_share = shares.sum(axis=1, keepdims=True)
        pace = open_share if self.level.keep_enrolling == "screening" else np.ones_like(open_share)
        before = self.level.accrual.until(from_month)[:, None]
        later = cohort.arrived > before
        arrived = np.where(later, before + (cohort.arrived - before) * cohort.pace / pace, cohort.arrived)
        stratum = np.where(later, _strata(luck.place, shares / open_share), cohort.stratum)
        return self._followed(luck, arrived, pace, stratum)

    def _followed(self, luck: Luck, arrived: FloatArray, pace: FloatArray, stratum: npt.NDArray[np.uint8]) -> Cohort:
        accrual = self.level.accrual
        entry = months_to_reach(arrived, np.array(accrual.starts), np.array(accrual.levels)[:, None])
        cell = 2 * stratum.astype(np.intp) + luck.treated
        months = months_to_reach(luck.survival, self._starts, self._hazards, cell)
        response = self._responses(luck, cell, months)
        event = np.ones_like(luck.treated)
        if luck.dropout is not None:
            leaves = luck.dropout / self.level.dropout_per_month
            event = months <= leaves
            months = np.minimum(months, leaves)
        return Cohort(
            arrived=arrived,
            pace=pace,
            entry=entry,
            stratum=stratum,
            treated=luck.treated,
            months=months,
            ends=entry + months,
            event=event,
            response=response,
        )

    def _responses(self, luck: Luck, cell: npt.NDArray[np.intp], months: FloatArray) -> BoolArray | None:
        early = self.level.early_response
        if early is None or luck.response is None:
            return None
        limit = -np.log(np.stack([early.control, early.treatment], axis=1).ravel())
        # An exponential number exceeds -log(rate) with probability `rate`: the longest survivors respond.
        return np.asarray((luck.response > limit[cell]) & (months > early.after_months))


def arm_hazards(level: PatientLevel, scenario: Scenario) -> tuple[FloatArray, FloatArray]:
    """Return when hazards change, (pieces,), and hazards by stratum and arm, (pieces, 2 * strata), control first.

    Raises
    ------
    DesignError
        If the outcome is not an event time, or control hazards fit neither everybody nor the strata.
    """
    if not isinstance(scenario.outcome, HazardsByStratum):
        raise DesignError(
            f"Patients are followed for event times; the scenario's outcome is a {scenario.outcome.kind}. "
            "Give hazard ratios by stratum."
        )
    strata = len(scenario.strata)
    if len(level.control_hazards) not in (1, strata):
        raise DesignError(
            f"Control hazards are the same for everybody or one for each of the {strata} strata; "
            f"{len(level.control_hazards)} were given."
        )
    controls = level.control_hazards * (strata if len(level.control_hazards) == 1 else 1)
    delay = level.benefit_delay_months
    starts = np.unique([delay, *(start for control in controls for start in control.starts)])
    columns = []
    for control, ratio in zip(controls, scenario.outcome.hazard_ratios, strict=True):
        hazard = control.at(starts)
        columns += [hazard, np.where(starts < delay, hazard, hazard * ratio)]
    return starts, np.stack(columns, axis=1)


def monitored_strata(level: PatientLevel, scenario: Scenario) -> BoolArray:
    """Return the strata whose events bring on the looks, shape (strata,).

    Raises
    ------
    DesignError
        If the scenario has no population of that name.
    """
    names = [population.name for population in scenario.populations]
    name = names[0] if level.events_counted_in is None else level.events_counted_in
    if name not in names:
        raise DesignError(f"Events are counted in one of the populations {', '.join(names)}; '{name}' is none of them.")
    return np.asarray(scenario.membership[names.index(name)])


def _strata(place: FloatArray, shares: FloatArray) -> npt.NDArray[np.uint8]:
    """Return the stratum in whose part of the unit interval a patient falls."""
    upper = np.cumsum(shares, axis=1)
    stratum = np.zeros(place.shape, dtype=np.uint8)
    for limit in upper[:, :-1].T:
        stratum += place >= limit[:, None]
    return stratum
