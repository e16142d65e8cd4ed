"""The public `simulate`: one call for designs from typed assumptions and from a fitted trial."""

from ite.compute import Progress, silent
from ite.design.enrichment.operating import OperatingCharacteristics
from ite.design.enrichment.simulate import simulate_enrichment
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.fitted.assurance import NextTrialResult, simulate_next_trial
from ite.design.fitted.next_trial import NextTrial


def simulate(
    design: EnrichmentDesign | NextTrial,
    *,
    trials: int = 10_000,
    seed: int = 0,
    workers: int = 1,
    progress: Progress = silent,
) -> OperatingCharacteristics | NextTrialResult:
    """Simulate a design; the same seed gives the same numbers on any number of workers.

    Parameters
    ----------
    design
        `Enrichment(...)`, or what `Enrichment.from_effects` returns.
    trials
        Number of simulated trials.
    seed
        Seed of the random numbers.
    workers
        Processes to use.
    progress
        Told after each chunk; may raise `Cancelled`.

    Returns
    -------
    OperatingCharacteristics for a design from typed assumptions, NextTrialResult for one from a fitted trial; where
    types are checked, `simulate_enrichment` and `simulate_next_trial` each return their own.
    """
    if isinstance(design, NextTrial):
        return simulate_next_trial(design, trials, seed, workers=workers, progress=progress)
    return simulate_enrichment(design, trials, seed, workers=workers, progress=progress)
