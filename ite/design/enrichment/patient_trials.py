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
from ite.design.enrichment.patient_stages import Stage, StageTests, first_stage, next_stage
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
        Patients who had arrived by then: those randomised, and the expected number of those turned away.
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


@dataclass(frozen=True, kw_only=True, eq=False)
class _Taken:
    """A stage that was taken: its patients, their statistics, and what was under study, shape (populations, trials)."""

    stage: Stage
    evidence: _Evidence
    studied: BoolArray


def run_patient_trials(
    patients: Patients, design: EnrichmentDesign, trials: int, rng: np.random.Generator
) -> PatientTrials:
    """Simulate so many trials, a few at a time."""
    together = max(1, _TOGETHER_PATIENTS // patients.level.patients)
    sizes = [min(together, trials - start) for start in range(0, trials, together)]
    return PatientTrials.joined([_run_together(patients, design, size, rng) for size in sizes])


def _run_together(patients: Patients, design: EnrichmentDesign, trials: int, rng: np.random.Generator) -> PatientTrials:
    luck = draw_luck(patients.level, design.scenario, trials, rng)
    populations = len(design.scenario.populations)
    studied = np.ones((populations, trials), dtype=np.bool_)
    rejected, futile = np.zeros((populations, trials), dtype=np.int64), np.zeros(trials, dtype=np.bool_)
    test = ClosedTest.start(design.intersection, design.combination, design.boundary, populations, trials)
    stage = first_stage(patients, luck, round(design.cumulative_sizes[0]))
    taken: list[_Taken] = []
    shown: list[_Evidence] = []
    for look in range(1, design.stages + 1):
        running = np.asarray(studied.any(axis=0))
        evidence = _evidence(patients, stage.tests, stage.recruited & running[:, None])
        test.look(evidence.z, studied, _correlation(design, evidence.variances))
        rejected[(rejected == 0) & test.rejected] = look
        taken.append(_Taken(stage=stage, evidence=evidence, studied=studied))
        if look < design.stages:
            shown.append(_shown_at_first_look(patients, stage) if look == 1 else evidence)
            studied, stopped, further = decide(design, _observed(shown, studied), test.rejected)
            futile |= running & stopped
            events = np.broadcast_to(np.maximum(np.rint(further), 1).astype(np.int64), (trials,))
            stage = next_stage(patients, luck, stage, studied, events)
    return _followed(luck, taken, rejected, futile)


def _observed(shown: list[_Evidence], studied: BoolArray) -> Observed:
    """Return what is known at a look from what each stage so far has shown."""
    return Observed(
        stage=len(shown) - 1,
        z=shown[-1].z,
        scores=np.stack([each.scores for each in shown]),
        sizes=np.stack([each.sizes for each in shown]),
        variances=np.stack([each.variances for each in shown]),
        studied=studied,
    )


def _evidence(patients: Patients, tests: StageTests, recruited: BoolArray) -> _Evidence:
    """Put log-rank scores on the scale on which score / events estimates minus the log hazard ratio.

    A log-rank score has mean -log(hazard ratio) d k / (1 + k)^2: d events, k treated patients per control patient.
    Strata that are not recruited, shape (trials, strata), show nothing.
    """
    ratio = patients.scenario.allocation_ratio
    scale = (1 + ratio) ** 2 / ratio
    return _Evidence(
        # As at statistic level, a population in which nothing was observed has z = 0.
        z=np.nan_to_num(tests.populations.z, nan=0.0),
        sizes=np.asarray(tests.strata.events * recruited.T, dtype=np.float64),
        scores=scale * tests.strata.score * recruited.T,
        variances=scale**2 * tests.strata.variance * recruited.T,
    )


def _shown_at_first_look(patients: Patients, stage: Stage) -> _Evidence:
    """Return what the first selection looks at."""
    early = patients.level.early_response
    if early is None:
        return _evidence(patients, stage.at_look, stage.recruited)
    n, scores, variances = response_scores(early.after_months, stage.cohort, stage.look, len(patients.scenario.strata))
    return _Evidence(z=statistics(patients.scenario, scores, variances), sizes=n, scores=scores, variances=variances)


def _correlation(design: EnrichmentDesign, variances: FloatArray) -> FloatArray | None:
    """Return the correlation of the populations' statistics, (populations, populations, trials), if it is needed."""
    if design.intersection != "spiessens_debois":
        return None
    return correlation_of(design.scenario, variances)


def _followed(luck: Luck, taken: list[_Taken], rejected: IntArray, futile: BoolArray) -> PatientTrials:
    """Put together what the stages have shown, and when; a trial takes each stage until it ends."""
    studied = np.stack([each.studied for each in taken])
    running = studied.any(axis=1)
    trials = Trials(
        rejected=rejected,
        studied=studied,
        ended=running.sum(axis=0),
        futile=futile,
        sizes=np.stack([each.evidence.sizes for each in taken]),
        scores=np.stack([each.evidence.scores for each in taken]),
        variances=np.stack([each.evidence.variances for each in taken]),
    )
    duration, randomised, screened = _calendar(luck, [each.stage for each in taken], trials)
    looks = [each.stage.look for each in taken]
    return PatientTrials(
        trials=trials,
        months=np.where(running, np.stack([look.month for look in looks]), np.nan),
        reached=np.stack([look.reached for look in looks]) | ~running,
        duration=duration,
        randomised=randomised,
        screened=screened,
    )


def _calendar(luck: Luck, stages: list[Stage], trials: Trials) -> tuple[FloatArray, IntArray, FloatArray]:
    """Return each trial's last month, and patients randomised and screened by then."""
    duration, screened = np.zeros(len(trials.ended)), np.zeros(len(trials.ended))
    randomised = np.zeros(len(trials.ended), dtype=np.int64)
    for number, stage in enumerate(stages, start=1):
        running = trials.ended >= number
        # A trial that ends otherwise than for futility waits until its tests are complete.
        until = np.where((trials.ended == number) & ~trials.futile, stage.complete_month, stage.look.month)
        entered = np.count_nonzero(stage.cohort.entry <= until[:, None], axis=1)
        open_share = (luck.shares * stage.recruited).sum(axis=1)
        screened += np.where(running, (entered - randomised) / open_share, 0.0)
        randomised = np.where(running, entered, randomised)
        duration = np.where(running, until, duration)
    return duration, randomised, screened
