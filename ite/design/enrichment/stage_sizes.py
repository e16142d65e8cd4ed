"""How many patients (or events) of each stratum a stage holds."""

import numpy as np

from ite.design.enrichment.scenario import Scenario
from ite.trial.columns import BoolArray, FloatArray


def draw_shares(scenario: Scenario, trials: int, rng: np.random.Generator) -> FloatArray:
    """Return the true share of each stratum, shape (strata, 1), or (strata, trials) where they are uncertain.

    Uncertain shares are drawn from a Dirichlet distribution worth `prevalence_prior_patients` patients.
    """
    shares = scenario.share_array
    if scenario.prevalence_prior_patients is None:
        return shares[:, None]
    return rng.dirichlet(shares * scenario.prevalence_prior_patients, size=trials).T


def stage_sizes(
    scenario: Scenario, shares: FloatArray, total: FloatArray, enrolled: BoolArray, rng: np.random.Generator
) -> FloatArray:
    """Return the size of each stratum in a stage, shape (strata, 1) or (strata, trials).

    Parameters
    ----------
    scenario
        Says how sizes split over strata and whether they are random.
    shares
        From draw_shares.
    total
        Size of the stage, shape (1,) or (trials,).
    enrolled
        Populations that enrol, shape (populations, 1) or (populations, trials): a stratum is open if any of its
        populations is.
    rng
        Used for random sizes only.
    """
    open_strata = (scenario.membership.T.astype(float) @ enrolled.astype(float)) > 0
    weights = scenario.outcome.size_shares(shares, scenario.allocation_ratio) * open_strata
    together = weights.sum(axis=0)
    split = np.divide(weights, together, out=np.zeros_like(weights), where=together > 0)
    if not scenario.random_sizes:
        return np.asarray(split * total)
    whole = np.broadcast_to(np.rint(total), np.broadcast_shapes(total.shape, split.shape[1:]))
    counts = rng.multinomial(whole.astype(np.int64), np.where(together > 0, split, 1 / len(split)).T).T
    return np.asarray(np.where(together > 0, counts, 0.0))
