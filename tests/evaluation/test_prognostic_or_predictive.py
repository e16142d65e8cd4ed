"""What a marker tells of risk and of effect."""

import pytest

from ite.errors import EstimateError
from ite.evaluation.interaction import additive_interaction, logistic_interaction
from ite.evaluation.prognostic_or_predictive import MarkerRisks, marker_role


@pytest.mark.independent
def test_equals_the_interactions_from_counts() -> None:
    events, n = [[80, 60], [50, 20]], [[200, 200], [100, 100]]
    found = marker_role(
        MarkerRisks(negative_control=0.4, negative_treated=0.3, positive_control=0.5, positive_treated=0.2)
    )
    assert found.ratio_of_odds_ratios == pytest.approx(logistic_interaction(events, n).ratio_of_odds_ratios)
    assert found.interaction == pytest.approx(-additive_interaction(events, n).difference)
    assert (found.reduction_negative, found.reduction_positive) == pytest.approx((0.1, 0.3))
    assert found.prognostic == pytest.approx(0.1)


@pytest.mark.known_truth
def test_ratios_that_are_not_defined_are_none() -> None:
    found = marker_role(
        MarkerRisks(negative_control=0.0, negative_treated=0.1, positive_control=1.0, positive_treated=0.5)
    )
    assert found.ratio_negative is None
    assert found.ratio_of_risk_ratios is None
    assert found.ratio_of_odds_ratios is None
    assert found.ratio_positive == 0.5


@pytest.mark.known_truth
def test_a_risk_above_one_is_refused() -> None:
    with pytest.raises(EstimateError, match="risk of positive treated patients should lie between 0 and 100 %"):
        MarkerRisks(negative_control=0.1, negative_treated=0.1, positive_control=0.1, positive_treated=1.2)
