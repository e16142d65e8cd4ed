"""Whether a design can be followed at patient level at all: the pieces fit, and the events can be reached."""

import numpy as np

from ite.design.enrichment.intersection import check_intersection
from ite.design.enrichment.patient_cohort import Patients
from ite.design.enrichment.patient_level import PatientLevel
from ite.design.enrichment.patient_trials import PatientTrials, run_patient_trials
from ite.design.enrichment.spec import EnrichmentDesign
from ite.errors import DesignError
from ite.trial.columns import FloatArray

_PILOT_TRIALS = 200
# Fewer trials than this with their planned events: the plan is not what would happen.
_LEAST_REACHED = 0.5
_USUALLY = 0.1


def check_patient_design(design: EnrichmentDesign, level: PatientLevel) -> None:
    """Raise DesignError where design and patients do not fit each other."""
    separate = level.construction == "separate_cohorts"
    if design.stages != 2 and (separate or level.early_response is not None):
        raise DesignError(
            f"{'A trial of separate cohorts' if separate else 'Selection by an early response'} has two stages, with "
            f"one choice between them; the design has {design.stages}. Give two cumulative numbers of events, or let "
            "later events of all patients count and the log-rank test decide."
        )
    check_intersection(design.intersection, len(design.scenario.populations), random_sizes=True)
    if level.early_response is not None:
        _check_early_response(design, len(level.early_response.control), len(level.early_response.treatment))


def check_reachable(design: EnrichmentDesign, patients: Patients, seed: int) -> None:
    """Raise DesignError if a look would rarely have its planned events; judged by a few simulated trials."""
    pilot = run_patient_trials(patients, design, _PILOT_TRIALS, np.random.default_rng(seed))
    for stage in range(design.stages):
        held = ~np.isnan(pilot.months[stage])
        if held.any() and pilot.reached[stage, held].mean() < _LEAST_REACHED:
            raise DesignError(_too_few_events(design, patients, pilot, stage))


def _check_early_response(design: EnrichmentDesign, control: int, treatment: int) -> None:
    strata = len(design.scenario.strata)
    if (control, treatment) != (strata, strata):
        raise DesignError(
            f"Early response needs a rate for each of the {strata} strata in both arms; {control} and {treatment} "
            "were given."
        )
    if design.reestimation is not None:
        raise DesignError(
            "Re-estimating the number of events needs the log-rank test, and here an early response decides. "
            "Leave one of the two out."
        )
    selection = design.selection
    if selection.rule not in ("best", "r_best", "all") or selection.threshold is not None:
        raise DesignError(
            "Selection by early response takes the rule 'best', 'r_best' or 'all', without a threshold; found "
            f"'{selection.rule}' with threshold {selection.threshold}."
        )


def _too_few_events(design: EnrichmentDesign, patients: Patients, pilot: PatientTrials, stage: int) -> str:
    held = ~np.isnan(pilot.months[stage])
    seen = _counted_events(patients, pilot, stage)[held]
    before = design.cumulative_sizes[stage - 1] if stage else 0.0
    limit = patients.level.calendar_limit_months
    when = "before everybody's follow-up ends" if limit is None else f"by month {limit:g}"
    feasible = before + float(np.quantile(seen, _USUALLY))
    return (
        f"Look {stage + 1} waits for {design.cumulative_sizes[stage]:g} events, and "
        f"{pilot.reached[stage, held].mean():.0%} of trials have them {when} with {patients.level.patients:,} "
        "patients. "
        f"Plan at most {np.floor(feasible):g} events, more patients, or a longer trial."
    )


def _counted_events(patients: Patients, pilot: PatientTrials, stage: int) -> FloatArray:
    """Return the events that bring on a look, shape (trials,)."""
    events = pilot.trials.sizes[stage]
    monitored = events[patients.monitored].sum(axis=0)
    return np.asarray(np.where(monitored > 0, monitored, events.sum(axis=0)))
