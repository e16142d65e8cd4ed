import pytest

from ite.evaluation.standardised_risk import standardised_risk_difference


@pytest.mark.known_truth
def test_strata_count_by_their_patients() -> None:
    assert standardised_risk_difference([0.5, 0.3], [0.3, 0.3], [30, 10]) == pytest.approx(0.15)


@pytest.mark.known_truth
def test_fewer_events_under_treatment_are_a_benefit() -> None:
    assert standardised_risk_difference([0.4], [0.1], [10]) > 0 > standardised_risk_difference([0.1], [0.4], [10])
