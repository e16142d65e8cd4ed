"""The assumed effect in each population of an enrichment design."""

import numpy as np

from ite.design.enrichment.spec import EnrichmentDesign
from ite.trial.columns import BoolArray, FloatArray

#: A benefit below this is none: what is left of a difference that should be zero.
_NOTHING = 1e-9


def assumed_benefit(design: EnrichmentDesign) -> FloatArray:
    """Return the assumed effect in each population, on the scale of the estimates, shape (populations,)."""
    scenario = design.scenario
    weights = scenario.outcome.size_shares(scenario.share_array, scenario.allocation_ratio)
    within = scenario.membership.astype(float)
    return np.asarray(within @ (weights * scenario.outcome.benefits) / (within @ weights))


def without_benefit(design: EnrichmentDesign) -> BoolArray:
    """Return which populations are true nulls, shape (populations,).

    With fixed sizes a population whose benefits and harms cancel out is one. With random sizes they cancel out on
    average only, and the stratified test looks at the patients who came: there no stratum of it may benefit.
    """
    return (
        without_any_benefit(design) if design.scenario.random_sizes else np.asarray(assumed_benefit(design) <= _NOTHING)
    )


def without_any_benefit(design: EnrichmentDesign) -> BoolArray:
    """Return the populations in which no stratum benefits, shape (populations,)."""
    benefits = design.scenario.outcome.benefits
    return np.array([(benefits[inside] <= _NOTHING).all() for inside in design.scenario.membership])
