"""Simulating a design patient by patient: chunks of trials with their own seeds, on any number of workers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ite.compute import Progress, cluster_address, run_chunks, silent, spawn_seeds
from ite.design.enrichment.operating import OperatingCharacteristics, summarise
from ite.design.enrichment.patient_checks import check_patient_design, check_reachable
from ite.design.enrichment.patient_cohort import Patients
from ite.design.enrichment.patient_level import PatientLevel
from ite.design.enrichment.patient_trials import PatientTrials, run_patient_trials
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.fixed.monte_carlo import mean, rate
from ite.errors import DesignError

#: Patients of a chunk, a fraction of a second: a run can be cancelled between chunks.
_CHUNK_PATIENTS = 600_000
_LEAST_TRIALS, _MOST_TRIALS, _MOST_PATIENTS = 100, 1_000_000, 2_000_000_000


@dataclass(frozen=True, kw_only=True, eq=False)
class PatientSimulation:
    """What a design does when its patients are followed one by one.

    Attributes
    ----------
    operating
        Power, errors, selection and estimates, as at statistic level; sizes are events.
    level
        What was assumed about the patients.
    calendar : DataFrame, one row per measure
        estimate, standard_error. "month_look_1", "month_look_2", ...: calendar month of a look in trials that hold it;
        "reached_look_1", "reached_look_2", ...: share of these that have their planned events; "months", "randomised"
        and "screened": when the trial ends, and patients by then.
    """

    operating: OperatingCharacteristics
    level: PatientLevel
    calendar: pd.DataFrame


def simulate_patients(
    design: EnrichmentDesign,
    level: PatientLevel,
    trials: int = 10_000,
    seed: int = 0,
    *,
    workers: int = 1,
    progress: Progress = silent,
) -> PatientSimulation:
    """Simulate an enrichment design with event times at the level of its patients.

    Parameters
    ----------
    design
        Truth and rules; sizes are events of the populations that go on.
    level
        Arrival, randomisation, hazards, drop-out, calendar, and how stage 2 is built.
    trials
        Number of simulated trials; about a second for 10,000 of 600 patients.
    seed
        The same seed gives the same random numbers to designs that are compared, and to any number of workers.
    workers, progress
        See compute.run_chunks.

    Raises
    ------
    DesignError
        If the outcome is no event time, separate cohorts or an early response meet more than two stages, a look would
        rarely have its events, or the simulation is too small or too large.
    """
    _check_size(trials, level.patients)
    check_patient_design(design, level)
    check_reachable(design, Patients(level, design.scenario), seed)
    together = max(1, _CHUNK_PATIENTS // level.patients)
    starts = range(0, trials, together)
    seeds = spawn_seeds(seed, len(starts))
    chunks = [(design, level, min(together, trials - start), own) for start, own in zip(starts, seeds, strict=True)]
    parts = run_chunks(
        _run_chunk, chunks, doing="simulated trials", workers=workers, progress=progress, scheduler=cluster_address()
    )
    runs = PatientTrials.joined(parts)
    return PatientSimulation(
        operating=summarise(design, runs.trials, seed, averages_known=_averages_known(level)),
        level=level,
        calendar=_calendar(runs),
    )


def _averages_known(level: PatientLevel) -> bool:
    """Say whether events split over strata as the design assumes: one control hazard, benefit from the start."""
    return len(set(level.control_hazards)) == 1 and level.benefit_delay_months == 0


def _run_chunk(chunk: tuple[EnrichmentDesign, PatientLevel, int, int]) -> PatientTrials:
    design, level, trials, seed = chunk
    return run_patient_trials(Patients(level, design.scenario), design, trials, np.random.default_rng(seed))


def _check_size(trials: int, patients: int) -> None:
    most = min(_MOST_TRIALS, _MOST_PATIENTS // patients)
    if not _LEAST_TRIALS <= trials <= most:
        raise DesignError(
            f"Between {_LEAST_TRIALS} and {most:,} trials of {patients:,} patients can be simulated; {trials:,} were "
            f"asked for. Use {min(max(trials, _LEAST_TRIALS), most):,}."
        )


def _calendar(runs: PatientTrials) -> pd.DataFrame:
    measures = {}
    for stage, months in enumerate(runs.months):
        held = ~np.isnan(months)
        measures[f"month_look_{stage + 1}"] = mean(months[held])
        measures[f"reached_look_{stage + 1}"] = rate(runs.reached[stage, held])
    measures["months"] = mean(runs.duration)
    measures["randomised"] = mean(runs.randomised.astype(np.float64))
    measures["screened"] = mean(runs.screened)
    table = pd.DataFrame.from_dict(measures, orient="index", columns=["estimate", "standard_error"])
    return table.rename_axis("measure")
