"""From which probability, and from which predicted benefit, treating is worth it."""

import numpy as np
import pytest

from ite.errors import ValuationError
from ite.value.decision_desk import OptionDraws, rank_options
from ite.value.non_responder_rule import NonResponderRule, next_steps, next_steps_of_draws
from ite.value.treatment_threshold import DiseaseStakes, TreatmentBurden, benefit_threshold, disease_threshold
from ite.value.utility_weights import UtilityWeights


@pytest.mark.known_truth
@pytest.mark.parametrize(("benefit", "harm"), [(0.8, 0.1), (1.0, 1.0), (3.0, 0.0)])
def test_expected_gain_is_zero_at_the_threshold(benefit: float, harm: float) -> None:
    threshold = disease_threshold(DiseaseStakes(benefit=benefit, harm=harm))
    assert threshold * benefit - (1 - threshold) * harm == pytest.approx(0)


@pytest.mark.independent
def test_at_the_benefit_threshold_the_desk_is_indifferent_to_treating() -> None:
    weights = UtilityWeights(benefit=2.0, harm=5.0, cost=1e-4, burden=0.5)
    spec = TreatmentBurden(harm=0.04, cost=8_000, burden=0.6, unit="months of recurrence-free life")
    found = benefit_threshold(spec, weights)
    assert found.parts["benefit"].sum() == pytest.approx(found.value)
    for more, chosen in ((1e-6, "treat"), (-1e-6, "do not treat")):
        draws = OptionDraws.of(
            ("treat", "do not treat"),
            benefit=np.tile([found.value + more, 0.0], (2, 1)),
            harm=np.array([spec.harm, 0.0]),
            cost=np.array([spec.cost, 0.0]),
            burden=np.array([spec.burden, 0.0]),
        )
        assert rank_options(draws, weights).chosen == chosen
    assert found.rule == "Offer only where predicted benefit exceeds 0.65 months of recurrence-free life."


@pytest.mark.known_truth
def test_impossible_stakes_are_refused() -> None:
    with pytest.raises(ValuationError, match="Net benefit of treating the diseased should be greater than 0"):
        DiseaseStakes(benefit=0, harm=0.1)
    with pytest.raises(ValuationError, match=r"Cost \(per person treated\) should be at least 0, but -5 was given"):
        TreatmentBurden(cost=-5, unit="months")
    with pytest.raises(ValuationError, match="Unit of the benefit"):
        TreatmentBurden(unit="")


@pytest.mark.known_truth
def test_limits_of_the_rule_are_strict() -> None:
    rule = NonResponderRule(least_worthwhile=0.0, escalate_below=0.25, keep_above=0.75)
    draws = np.array([[1.0, 1.0, -1.0, -1.0], [1.0, 1.0, 1.0, -1.0], [1.0, 1.0, -1.0, -1.0], [-1.0, 1.0, -1.0, -1.0]])
    found = next_steps_of_draws(rule, draws)
    assert found["action"].tolist() == ["gather data", "keep", "gather data", "escalate to clinician"]
    assert found["probability_error"].iloc[0] == pytest.approx(np.sqrt(0.75 * 0.25 / 4))


@pytest.mark.independent
def test_normal_posteriors_agree_with_their_draws() -> None:
    rule = NonResponderRule(least_worthwhile=0.3)
    mean, sd = np.array([0.1, 0.35, 0.28]), np.array([0.1, 0.12, 0.2])
    draws = np.random.default_rng(1).normal(mean, sd, (40_000, 3))
    exact, drawn = next_steps(rule, mean, sd), next_steps_of_draws(rule, draws)
    assert (abs(exact["probability"] - drawn["probability"]) < 4 * drawn["probability_error"]).all()
    assert exact["action"].tolist() == drawn["action"].tolist()


@pytest.mark.known_truth
def test_impossible_rules_and_posteriors_are_refused() -> None:
    with pytest.raises(ValuationError, match="Escalate below at most 50 %"):
        NonResponderRule(least_worthwhile=0, escalate_below=0.6)
    with pytest.raises(ValuationError, match="Keep above a probability"):
        NonResponderRule(least_worthwhile=0, keep_above=1.5)
    rule = NonResponderRule(least_worthwhile=0)
    with pytest.raises(ValuationError, match="Standard deviations should be greater than 0, but 0 was given"):
        next_steps(rule, [0.1, 0.2], [0.1, 0.0])
    with pytest.raises(ValuationError, match="Means should be finite"):
        next_steps(rule, [np.nan], [0.1])
    with pytest.raises(ValuationError, match="finite"):
        next_steps_of_draws(rule, np.array([[np.nan]]))
