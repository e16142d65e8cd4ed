"""The two stages of a trial that may drop populations, from single patients to stage-wise log-rank statistics."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from ite.design.enrichment.patient_cohort import Cohort, Patients
from ite.design.enrichment.patient_log_rank import LogRank, increment, log_rank, stratified
from ite.design.enrichment.patient_looks import Look, among, known_at, look_after
from ite.design.enrichment.patient_luck import Luck
from ite.trial.columns import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class StageTests:
    """Log-rank tests of one stage: within the strata, and of the populations (stratified, or pooled)."""

    strata: LogRank
    populations: LogRank

    def since(self, earlier: Self) -> "StageTests":
        """Return what the tests gained since an earlier look."""
        return StageTests(
            strata=increment(self.strata, earlier.strata), populations=increment(self.populations, earlier.populations)
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Interim:
    """Stage 1.

    Attributes
    ----------
    cohort
        The patients if all strata go on.
    look
        When the populations are selected.
    at_look
        Tests with what is known at the look.
    complete_month
        When the tests that count as stage 1 are complete, shape (trials,).
    tests
        Tests that count as stage 1: those at the look, or with separate cohorts those of the patients of stage 1 after
        their further follow-up.
    """

    cohort: Cohort
    look: Look
    at_look: StageTests
    complete_month: FloatArray
    tests: StageTests


@dataclass(frozen=True, kw_only=True, eq=False)
class Final:
    """Stage 2, for trials that go on.

    Attributes
    ----------
    cohort
        The patients, recruited in stage 2 from the continued strata only.
    look
        The final analysis.
    tests
        Tests that count as stage 2: what they gained since the interim look, or with separate cohorts those of the
        patients recruited in stage 2.
    """

    cohort: Cohort
    look: Look
    tests: StageTests


def first_stage(patients: Patients, luck: Luck, events: int) -> Interim:
    """Follow everybody until there are this many events."""
    level = patients.level
    cohort = patients.everybody(luck)
    everywhere = np.ones((len(cohort.entry), len(patients.scenario.strata)), dtype=np.bool_)
    counted = among(_counted(patients, everywhere), cohort)
    look = look_after(np.full(len(counted), events), cohort, counted, level.calendar_limit_months)
    at_look = tests = _stage_tests(patients, cohort, look.month)
    complete = look.month
    if level.stage1_follow_up_months:
        limit = np.inf if level.calendar_limit_months is None else level.calendar_limit_months
        complete = np.minimum(look.month + level.stage1_follow_up_months, limit)
        tests = _stage_tests(patients, cohort, complete, entered_by(look, cohort))
    return Interim(cohort=cohort, look=look, at_look=at_look, complete_month=complete, tests=tests)


def second_stage(patients: Patients, luck: Luck, interim: Interim, continued: BoolArray, events: IntArray) -> Final:
    """Go on with the continued populations until there are this many further events.

    Parameters
    ----------
    patients, luck, interim
        The assumptions, the random numbers, and stage 1.
    continued
        Populations that go on, shape (populations, trials). A trial without any is followed as if all went on: what it
        shows is to be ignored.
    events
        Further events in the populations that go on, shape (trials,); with separate cohorts those of the patients
        recruited in stage 2.
    """
    level = patients.level
    recruited = recruited_strata(patients, continued)
    cohort = interim.cohort
    if not recruited.all():
        cohort = patients.restricted(luck, cohort, recruited, interim.look.month)
    counted = among(_counted(patients, recruited), cohort)
    if level.construction == "separate_cohorts":
        new = ~entered_by(interim.look, cohort)
        look = look_after(events, cohort, new & counted, level.calendar_limit_months)
        return Final(cohort=cohort, look=look, tests=_stage_tests(patients, cohort, look.month, new))
    later = cohort.ends > interim.look.month[:, None]
    look = look_after(events, cohort, later & counted, level.calendar_limit_months)
    whole = _stage_tests(patients, cohort, look.month)
    return Final(cohort=cohort, look=look, tests=whole.since(interim.at_look))


def recruited_strata(patients: Patients, continued: BoolArray) -> BoolArray:
    """Return the strata of the continued populations, shape (trials, strata); all where none continues."""
    none = ~np.any(continued, axis=0, keepdims=True).T
    return np.asarray((continued.T @ patients.scenario.membership) | none)


def entered_by(look: Look, cohort: Cohort) -> BoolArray:
    """Say which patients were randomised by a look, shape (trials, patients)."""
    return np.asarray(cohort.entry <= look.month[:, None])


def _counted(patients: Patients, recruited: BoolArray) -> BoolArray:
    """Return the strata whose events bring on the look, shape (trials, strata)."""
    monitored = recruited & patients.monitored
    return np.where(np.any(monitored, axis=1, keepdims=True), monitored, recruited)


def _stage_tests(
    patients: Patients, cohort: Cohort, month: FloatArray, analysed: BoolArray | None = None
) -> StageTests:
    order = known_at(month, cohort, analysed)
    membership = patients.scenario.membership
    strata = log_rank(order, np.eye(membership.shape[1], dtype=np.bool_))
    populations = stratified(strata, membership) if patients.level.stratified else log_rank(order, membership)
    return StageTests(strata=strata, populations=populations)
