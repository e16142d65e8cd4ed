"""A design followed patient by patient, beside the same design simulated at the level of its statistics."""

from dataclasses import dataclass

from ite.compute import Progress, silent
from ite.design.enrichment.operating import OperatingCharacteristics
from ite.design.enrichment.patient_level import PatientLevel
from ite.design.enrichment.patient_simulate import PatientSimulation, simulate_patients
from ite.design.enrichment.simulate import simulate_enrichment
from ite.design.enrichment.spec import EnrichmentDesign


@dataclass(frozen=True, kw_only=True, eq=False)
class FollowedDesign:
    """The same design at two levels.

    Attributes
    ----------
    patients
        Each trial from single patients.
    statistics
        Each trial from the distribution of its log-rank statistics: the two agree where hazards are proportional from
        the start, the same in all untreated patients, events few beside the patients, and the arms equal. Schoenfeld's
        mean is that of hazard ratios near 1: with a ratio of 0.6 and few events it is 15 % too small for five treated
        patients per control, and 19 % too large for five controls per treated patient.
    """

    patients: PatientSimulation
    statistics: OperatingCharacteristics


def follow_patients(
    design: EnrichmentDesign, level: PatientLevel, trials: int = 10_000, seed: int = 0, *, progress: Progress = silent
) -> FollowedDesign:
    """Follow the patients of a design one by one, and simulate the design at the level of its statistics.

    At the level of the statistics subgroup sizes are random as well: patients arrive as they come.

    Parameters
    ----------
    design, level, trials, seed
        See patient_simulate.simulate_patients; both levels take as many trials.
    progress
        Told how many trials are done.

    Raises
    ------
    DesignError
        See patient_simulate.simulate_patients.
    """

    def in_trials(done: int, total: int, doing: str) -> None:
        progress(done * trials // total, trials, doing)

    followed = simulate_patients(design, level, trials, seed, progress=in_trials)
    as_they_come = design.under(design.scenario.model_copy(update={"subgroup_sizes": "random"}))
    return FollowedDesign(patients=followed, statistics=simulate_enrichment(as_they_come, trials, seed))
