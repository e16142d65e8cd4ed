"""The stages of a trial that may drop populations, from single patients to stage-wise log-rank statistics."""

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
class Stage:
    """One stage, up to its look.

    Attributes
    ----------
    cohort
        The patients, as recruited up to the look; those who follow, if recruitment goes on as it is.
    recruited
        Strata recruited in this stage, shape (trials, strata).
    look
        When populations are selected, or the final analysis.
    at_look
        Tests with what is known at the look: of all patients, or with separate cohorts of those of the stage.
    complete_month
        When the tests that count are complete, shape (trials,).
    tests
        Tests that count as this stage: what those at the look gained since the look before; with separate cohorts
        those of the patients recruited in the stage, of stage 1 after their further follow-up.
    """

    cohort: Cohort
    recruited: BoolArray
    look: Look
    at_look: StageTests
    complete_month: FloatArray
    tests: StageTests


def first_stage(patients: Patients, luck: Luck, events: int) -> Stage:
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
    return Stage(cohort=cohort, recruited=everywhere, look=look, at_look=at_look, complete_month=complete, tests=tests)


def next_stage(patients: Patients, luck: Luck, before: Stage, continued: BoolArray, events: IntArray) -> Stage:
    """Go on with the continued populations until there are this many further events.

    Parameters
    ----------
    patients, luck, before
        The assumptions, the random numbers, and the stage before.
    continued
        Populations that go on, shape (populations, trials). A trial without any is followed as if all went on: what it
        shows is to be ignored.
    events
        Further events in the populations that go on, shape (trials,); with separate cohorts those of the patients
        recruited in this stage.
    """
    level = patients.level
    recruited = recruited_strata(patients, continued)
    cohort = before.cohort
    if not recruited.all():
        cohort = patients.restricted(luck, cohort, recruited, before.look.month)
    counted = among(_counted(patients, recruited), cohort)
    if level.construction == "separate_cohorts":
        new = ~entered_by(before.look, cohort)
        look = look_after(events, cohort, new & counted, level.calendar_limit_months)
        at_look = tests = _stage_tests(patients, cohort, look.month, new)
    else:
        later = cohort.ends > before.look.month[:, None]
        look = look_after(events, cohort, later & counted, level.calendar_limit_months)
        at_look = _stage_tests(patients, cohort, look.month)
        tests = at_look.since(before.at_look)
    # Separate cohorts wait for the follow-up of stage 1 that was fixed in advance.
    complete = np.maximum(look.month, before.complete_month)
    return Stage(cohort=cohort, recruited=recruited, look=look, at_look=at_look, complete_month=complete, tests=tests)


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
