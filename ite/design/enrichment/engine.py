"""The statistic-level engine: simulated enrichment trials, drawn from the distribution of their statistics.

Means are exact with known variances; rates are drawn as counts; log-rank statistics are normal with Schoenfeld's mean,
which is near the truth for equal arms only.
"""

import numpy as np

from ite.design.enrichment.closed_test import ClosedTest
from ite.design.enrichment.interim import Observed, decide
from ite.design.enrichment.scenario import Scenario
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.enrichment.stage_sizes import draw_shares, stage_sizes
from ite.design.enrichment.trials import Trials
from ite.trial.columns import FloatArray


def run_trials(design: EnrichmentDesign, trials: int, rng: np.random.Generator) -> Trials:
    """Simulate so many trials of the design.

    Each stage has its own stream of random numbers, drawn stratum by stratum, so that designs that share a seed share
    the luck of their patients as long as they list the same strata first.
    """
    scenario = design.scenario
    shape = (design.stages, len(scenario.strata), trials)
    sizes, scores, variances = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    populations = len(scenario.populations)
    studied = np.zeros((design.stages, populations, trials), dtype=bool)
    studied[0] = True
    rejected = np.zeros((populations, trials), dtype=np.int64)
    ended, futile = np.full(trials, design.stages), np.zeros(trials, dtype=bool)
    test = ClosedTest.start(design.intersection, design.combination, design.boundary, populations, trials)
    shares = draw_shares(scenario, trials, rng)
    streams = rng.spawn(design.stages)
    total = np.array([design.cumulative_sizes[0]])
    for stage in range(design.stages):
        same_in_all = stage == 0 and not scenario.random_sizes
        enrolled = np.ones((populations, 1), dtype=bool) if same_in_all else studied[stage]
        stage_size = stage_sizes(scenario, shares, total, enrolled, streams[stage])
        drawn, variance, used = scenario.outcome.draw(stage_size, trials, scenario.allocation_ratio, streams[stage])
        sizes[stage], scores[stage], variances[stage] = used, drawn, variance
        z = statistics(scenario, drawn, variance)
        test.look(z, studied[stage], null_correlation(design, stage_size, variance))
        rejected[(rejected == 0) & test.rejected] = stage + 1
        if stage + 1 < design.stages:
            observed = Observed(
                stage=stage, z=z, scores=scores, sizes=sizes, variances=variances, studied=studied[stage]
            )
            studied[stage + 1], stopped, total = decide(design, observed, test.rejected)
            running = studied[stage].any(axis=0)
            ended[running & ~studied[stage + 1].any(axis=0)] = stage + 1
            futile |= running & stopped
    return Trials(
        rejected=rejected, studied=studied, ended=ended, futile=futile, sizes=sizes, scores=scores, variances=variances
    )


def statistics(scenario: Scenario, scores: FloatArray, variances: FloatArray) -> FloatArray:
    """Return the stratified z of each population, shape (populations, trials); 0 where nobody was observed."""
    within = scenario.membership.astype(float)
    spread = _root(within @ variances)
    total = within @ scores
    return np.divide(total, spread, out=np.zeros_like(total), where=spread > 0)


def null_correlation(design: EnrichmentDesign, sizes: FloatArray, variances: FloatArray) -> FloatArray | None:
    """Return the correlation of the populations' statistics if the intersection test needs it, else None.

    For one subgroup rates take each trial's own variances, since rates that differ between strata move the correlation;
    random sizes take each trial's own sizes. Otherwise the shares are fixed and there is one correlation for every
    stage, whichever strata are open: only the proportions within the populations that are studied count.
    """
    if design.intersection != "spiessens_debois":
        return None
    scenario = design.scenario
    if scenario.outcome.kind == "rate" and len(scenario.populations) == 2:
        return correlation_of(scenario, variances)
    if scenario.random_sizes:
        return correlation_of(scenario, scenario.outcome.information(sizes))
    planned = scenario.outcome.size_shares(scenario.share_array[:, None], scenario.allocation_ratio)
    return np.asarray(correlation_of(scenario, scenario.outcome.information(planned))[:, :, 0])


def correlation_of(scenario: Scenario, variances: FloatArray) -> FloatArray:
    """Return the correlation of the populations' statistics from the variances of the strata's scores.

    Parameters
    ----------
    scenario
        Says which strata a population holds.
    variances
        Shape (strata, trials), up to a common factor.

    Returns
    -------
    Array of shape (populations, populations, trials); 0 where nobody was observed.
    """
    within = scenario.membership.astype(float)
    shared = np.einsum("ps,qs,st->pqt", within, within, variances)
    spread = _root(within @ variances)
    product = spread[:, None] * spread[None, :]
    return np.asarray(np.divide(shared, product, out=np.zeros_like(shared), where=product > 0))


def _root(variance: FloatArray) -> FloatArray:
    """Return the square root; 0 where a variance is below 0, as that of a log-rank score may fall between two looks."""
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))
