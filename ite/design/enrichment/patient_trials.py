"""Simulated trials from single patients to rejected hypotheses: the same tests and decisions as at statistic level."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from ite.design.enrichment.closed_test import ClosedTest
from ite.design.enrichment.engine import correlation_of, statistics
from ite.design.enrichment.interim import Observed, decide
from ite.design.enrichment.patient_cohort import Patients
from ite.design.enrichment.patient_luck import Luck, draw_luck
from ite.design.enrichment.patient_response import response_scores
from ite.design.enrichment.patient_stages import (
    Final,
    Interim,
    StageTests,
    entered_by,
    first_stage,
    recruited_strata,
    second_stage,
)
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.enrichment.trials import Trials
from ite.trial.columns import BoolArray, FloatArray, IntArray

#: Trials that are followed together: their patients fit into the processor's cache.
_TOGETHER_PATIENTS = 40_000


@dataclass(frozen=True, kw_only=True, eq=False)
class PatientTrials:
    """What happened in each simulated trial, and when.

    Attributes
    ----------
    trials
        Tests and decisions; sizes are events.
    months
        Calendar month of each look, shape (stages, trials); NaN where the trial had ended.
    reached
        Whether the look had its planned events, same shape; True where the trial had ended.
    duration
        Calendar month of the trial's end, shape (trials,).
    randomised
        Patients randomised by then, shape (trials,).
    screened
        Patients who had arrived by then: those randomised, and in stage 2 the expected number of those turned away.
    """

    trials: Trials
    months: FloatArray
    reached: BoolArray
    duration: FloatArray
    randomised: IntArray
    screened: FloatArray

    @classmethod
    def joined(cls, parts: list[Self]) -> Self:
        """Return the trials of several parts, in their order."""
        arrays = {
            field.name: np.concatenate([getattr(part, field.name) for part in parts], axis=-1)
            for field in fields(cls)
            if field.name != "trials"
        }
        return cls(trials=Trials.joined([part.trials for part in parts]), **arrays)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Evidence:
    """Statistics of one stage as the closed test takes them; z by population, the others by stratum."""

    z: FloatArray
    sizes: FloatArray
    scores: FloatArray
    variances: FloatArray


def run_patient_trials(
    patients: Patients, design: EnrichmentDesign, trials: int, rng: np.random.Generator
) -> PatientTrials:
    """Simulate so many trials, a few at a time."""
    together = max(1, _TOGETHER_PATIENTS // patients.level.patients)
    sizes = [min(together, trials - start) for start in range(0, trials, together)]
    return PatientTrials.joined([_run_together(patients, design, size, rng) for size in sizes])


def _run_together(patients: Patients, design: EnrichmentDesign, trials: int, rng: np.random.Generator) -> PatientTrials:
    luck = draw_luck(patients.level, design.scenario, trials, rng)
    everywhere = np.ones((len(design.scenario.populations), trials), dtype=np.bool_)
    interim = first_stage(patients, luck, round(design.cumulative_sizes[0]))
    first = _evidence(patients, interim.tests)
    test = ClosedTest.start(
        design.intersection, design.combination, design.boundary, len(design.scenario.populations), trials
    )
    test.look(first.z, everywhere, _correlation(design, first.variances))
    early = test.rejected.copy()
    shown = _shown_at_look(patients, interim)
    observed = Observed(
        stage=0,
        z=shown.z,
        scores=shown.scores[None],
        sizes=shown.sizes[None],
        variances=shown.variances[None],
        studied=everywhere,
    )
    continued, futile, further = decide(design, observed, early)
    events = np.broadcast_to(np.maximum(np.rint(further), 1).astype(np.int64), (trials,))
    final = second_stage(patients, luck, interim, continued, events)
    second = _evidence(patients, final.tests)
    test.look(second.z, continued, _correlation(design, second.variances))
    recruited = recruited_strata(patients, continued) & np.any(continued, axis=0, keepdims=True).T
    return _followed(
        luck,
        (interim, final),
        recruited,
        Trials(
            rejected=np.where(early, 1, np.where(test.rejected, 2, 0)),
            studied=np.stack([everywhere, continued]),
            ended=np.where(continued.any(axis=0), 2, 1),
            futile=futile,
            sizes=np.stack([first.sizes, second.sizes * recruited.T]),
            scores=np.stack([first.scores, second.scores * recruited.T]),
            variances=np.stack([first.variances, second.variances * recruited.T]),
        ),
    )


def _evidence(patients: Patients, tests: StageTests) -> _Evidence:
    """Put log-rank scores on the scale on which score / events estimates minus the log hazard ratio.

    A log-rank score has mean -log(hazard ratio) d k / (1 + k)^2: d events, k treated patients per control patient.
    """
    ratio = patients.scenario.allocation_ratio
    scale = (1 + ratio) ** 2 / ratio
    return _Evidence(
        # As at statistic level, a population in which nothing was observed has z = 0.
        z=np.nan_to_num(tests.populations.z, nan=0.0),
        sizes=tests.strata.events.astype(np.float64),
        scores=scale * tests.strata.score,
        variances=scale**2 * tests.strata.variance,
    )


def _shown_at_look(patients: Patients, interim: Interim) -> _Evidence:
    """Return what the selection looks at."""
    early = patients.level.early_response
    if early is None:
        return _evidence(patients, interim.at_look)
    n, scores, variances = response_scores(
        early.after_months, interim.cohort, interim.look, len(patients.scenario.strata)
    )
    return _Evidence(z=statistics(patients.scenario, scores, variances), sizes=n, scores=scores, variances=variances)


def _correlation(design: EnrichmentDesign, variances: FloatArray) -> FloatArray | None:
    """Return the correlation of the populations' statistics, (populations, populations, trials), if it is needed."""
    if design.intersection != "spiessens_debois":
        return None
    return correlation_of(design.scenario, variances)


def _followed(luck: Luck, stages: tuple[Interim, Final], recruited: BoolArray, trials: Trials) -> PatientTrials:
    interim, final = stages
    goes_on = trials.ended == 2
    # Separate cohorts wait for the follow-up of stage 1 that was fixed in advance.
    together = np.maximum(final.look.month, interim.complete_month)
    duration = np.where(goes_on, together, np.where(trials.futile, interim.look.month, interim.complete_month))
    # A trial that ends at its first look has recruited everybody until then.
    entry = np.where(goes_on[:, None], final.cohort.entry, interim.cohort.entry)
    randomised = np.count_nonzero(entry <= duration[:, None], axis=1)
    first = np.count_nonzero(entered_by(interim.look, interim.cohort), axis=1)
    open_share = np.where(goes_on, (luck.shares * recruited).sum(axis=1), 1.0)
    return PatientTrials(
        trials=trials,
        months=np.stack([interim.look.month, np.where(goes_on, final.look.month, np.nan)]),
        reached=np.stack([interim.look.reached, final.look.reached | ~goes_on]),
        duration=duration,
        randomised=randomised,
        screened=first + (randomised - first) / open_share,
    )
