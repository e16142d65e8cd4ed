"""Simulating a design: chunks of trials with their own seeds, the same numbers on any number of workers."""

import numpy as np

from ite.compute import Progress, cluster_address, run_chunks, silent, spawn_seeds
from ite.design.enrichment.engine import run_trials
from ite.design.enrichment.operating import OperatingCharacteristics, summarise
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.enrichment.trials import Trials
from ite.errors import DesignError

_CHUNK = 10_000
_MOST = 5_000_000


def simulate_enrichment(
    design: EnrichmentDesign, trials: int = 10_000, seed: int = 0, *, workers: int = 1, progress: Progress = silent
) -> OperatingCharacteristics:
    """Simulate an enrichment design at the level of its statistics.

    Parameters
    ----------
    design
        Truth and rules.
    trials
        Number of simulated trials; about 5 ms for 10,000.
    seed
        The same seed gives the same random numbers to designs that are compared.

    Raises
    ------
    DesignError
        For fewer than 100 or more than 5 million trials.
    """
    return summarise(design, simulate_trials(design, trials, seed, workers=workers, progress=progress), seed)


def simulate_trials(
    design: EnrichmentDesign, trials: int, seed: int, *, workers: int = 1, progress: Progress = silent
) -> Trials:
    """Return the simulated trials themselves; see simulate_enrichment."""
    if not 100 <= trials <= _MOST:
        nearest = min(max(trials, 100), _MOST)
        raise DesignError(
            f"Between 100 and {_MOST:,} trials can be simulated; {trials:,} were asked for. Use {nearest:,}."
        )
    starts = range(0, trials, _CHUNK)
    seeds = spawn_seeds(seed, len(starts))
    chunks = [(design, min(_CHUNK, trials - start), own) for start, own in zip(starts, seeds, strict=True)]
    return Trials.joined(
        run_chunks(
            _run_chunk,
            chunks,
            doing="simulated trials",
            workers=workers,
            progress=progress,
            scheduler=cluster_address(),
        )
    )


def _run_chunk(chunk: tuple[EnrichmentDesign, int, int]) -> Trials:
    design, trials, seed = chunk
    return run_trials(design, trials, np.random.default_rng(seed))
