"""Why a population chosen on unblinded data must not be tested as if it had been chosen beforehand."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from ite.design.enrichment.assumed import without_benefit
from ite.design.enrichment.simulate import simulate_trials
from ite.design.enrichment.spec import EnrichmentDesign
from ite.design.fixed.monte_carlo import rate
from ite.errors import DesignError


@dataclass(frozen=True, kw_only=True, eq=False)
class PooledError:
    """Family-wise error of two analyses of the same simulated trials, without any benefit.

    Attributes
    ----------
    pooled, pooled_se
        Stages pooled and every population that was still studied tested at the full level: what must not be done.
    closed, closed_se
        The design's own closed test.
    alpha
        One-sided level of both.
    trials
        Simulated trials.
    """

    pooled: float
    pooled_se: float
    closed: float
    closed_se: float
    alpha: float
    trials: int


def require_adaptive_analysis(*, population_may_change: bool, analysis: str) -> None:
    """Raise DesignError if the population may change on unblinded data and the analysis ignores that.

    Parameters
    ----------
    population_may_change
        Whether anything seen with treatment codes can change who is enrolled or which population is tested.
    analysis
        "closed test" or "pooled".
    """
    if population_may_change and analysis == "pooled":
        raise DesignError(
            "When unblinded data may change the population, pooling the stages and testing at the full level rejects "
            "true nulls too often. Use the closed test with a combination of stages, or fix the population in advance."
        )


def pooled_error(design: EnrichmentDesign, trials: int = 100_000, seed: int = 0) -> PooledError:
    """Measure the error that the pooled analysis would make under the global null.

    Every population under study at the last stage that was run is tested once, on all its patients, at one-sided
    alpha; trials that stopped for futility reject nothing.
    """
    scenario = design.scenario
    at_null = design.under(scenario.with_benefits(np.zeros(len(scenario.strata))))
    runs = simulate_trials(at_null, trials, seed)
    within = scenario.membership.astype(float)
    spread = np.sqrt(within @ runs.variances.sum(axis=0))
    z = np.divide(within @ runs.scores.sum(axis=0), spread, out=np.zeros_like(spread), where=spread > 0)
    last = np.zeros(z.shape, dtype=bool)
    for stage, studied in enumerate(runs.studied, start=1):
        last |= studied & (runs.ended == stage)
    pooled = rate((last & (z >= -ndtri(design.boundary.alpha)) & ~runs.futile).any(axis=0))
    closed = rate((runs.rejected[without_benefit(at_null)] > 0).any(axis=0))
    return PooledError(
        pooled=pooled[0],
        pooled_se=pooled[1],
        closed=closed[0],
        closed_se=closed[1],
        alpha=design.boundary.alpha,
        trials=trials,
    )
