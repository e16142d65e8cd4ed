"""The same scenario under another truth."""

from ite.design.enrichment.scenario import Scenario
from ite.errors import DesignError
from ite.trial.columns import FloatArray


def possible_truth(scenario: Scenario, benefits: FloatArray) -> Scenario | None:
    """Return the scenario with these effects; None where they are no truth at all, such as a rate outside 0 to 1."""
    try:
        return scenario.with_benefits(benefits)
    except DesignError:
        return None
