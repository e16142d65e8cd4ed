"""The assumed effect in each population of an enrichment design."""

import numpy as np

from ite.design.enrichment.spec import EnrichmentDesign
from ite.trial.columns import FloatArray


def assumed_benefit(design: EnrichmentDesign) -> FloatArray:
    """Return the assumed effect in each population, on the scale of the estimates, shape (populations,)."""
    scenario = design.scenario
    weights = scenario.outcome.size_shares(scenario.share_array, scenario.allocation_ratio)
    within = scenario.membership.astype(float)
    return np.asarray(within @ (weights * scenario.outcome.benefits) / (within @ weights))
