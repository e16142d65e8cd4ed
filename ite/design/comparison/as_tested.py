"""A scenario as an imperfect marker test sees it: the strata are the tested ones, and their effects are mixtures."""

import numpy as np

from ite.design.alternatives.assay import Assay, read_marker
from ite.design.enrichment.outcome import HazardsByStratum, MeansByStratum, RatesByStratum
from ite.design.enrichment.scenario import Scenario
from ite.errors import DesignError
from ite.trial.columns import FloatArray


def as_tested(scenario: Scenario, assay: Assay) -> Scenario:
    """Return the scenario of test-positives and test-negatives.

    Means and rates of a tested stratum are those of its patients, weighted by the predictive values; the spread of
    effects inside it is added to the standard deviation. A hazard ratio becomes the weighted mean of the hazard ratios:
    the ratio of the arms' mean hazards while few patients have had their event and the strata share a baseline hazard.

    Parameters
    ----------
    scenario
        One subgroup and its complement, in this order.
    assay
        Sensitivity and specificity of the test for the subgroup.

    Raises
    ------
    DesignError
        For more than one subgroup, or an assay after which nobody is left on one side.
    """
    if len(scenario.strata) != 2 or len(scenario.populations) != 2:
        raise DesignError(
            f"An imperfect assay is offered for one subgroup and its complement; found {len(scenario.strata)} strata. "
            "Describe the strata as tested instead."
        )
    inside = scenario.membership[-1]
    order = np.argsort(~inside, kind="stable")
    reading = read_marker(assay, float(scenario.share_array[inside].sum()))
    positive = float(reading.positive_rate)
    if not 0 < positive < 1:
        raise DesignError(
            "With this assay everybody would test alike. Use a specificity above 0 and a sensitivity below 1."
        )
    mix = np.array([[reading.ppv, 1 - reading.ppv], [1 - reading.npv, reading.npv]], dtype=float)
    back = np.argsort(order, kind="stable")
    weights = mix[back][:, back]
    shares = np.array([positive, 1 - positive])[back]
    return scenario.model_copy(
        update={
            "shares": tuple(map(float, shares)),
            "outcome": _mixed(scenario.outcome, weights, scenario.allocation_ratio),
        }
    )


def _mixed(
    outcome: MeansByStratum | RatesByStratum | HazardsByStratum, weights: FloatArray, allocation_ratio: float
) -> MeansByStratum | RatesByStratum | HazardsByStratum:
    if isinstance(outcome, MeansByStratum):
        effects, variances = np.array(outcome.effects), np.square(outcome.sds)
        mean = weights @ effects
        # Effects differ among the treated only; of the variance of a difference of means they carry 1 / (1 + k).
        spread = weights @ variances + (weights @ effects**2 - mean**2) / (1 + allocation_ratio)
        return outcome.model_copy(
            update={"effects": tuple(map(float, mean)), "sds": tuple(map(float, np.sqrt(spread)))}
        )
    if isinstance(outcome, RatesByStratum):
        arms = {arm: tuple(map(float, weights @ np.array(getattr(outcome, arm)))) for arm in ("control", "treatment")}
        return outcome.model_copy(update=arms)
    ratios = weights @ np.array(outcome.hazard_ratios)
    return outcome.model_copy(update={"hazard_ratios": tuple(map(float, ratios))})
