"""Numbers needed to treat."""

import pytest

from ite.estimation.nnt import number_needed_to_treat, wald_risk_reduction


@pytest.mark.known_truth
def test_an_interval_of_benefit_runs_from_few_to_many() -> None:
    number = number_needed_to_treat(0.15, 0.0174, 0.2826)
    assert (number.label, number.form) == ("NNTB", "NNTB to NNTB")
    assert number.nnt == pytest.approx(1 / 0.15)
    assert number.text == "NNTB 7 (95 % interval NNTB 4 to NNTB 58)"


@pytest.mark.known_truth
def test_an_interval_across_zero_passes_through_infinity() -> None:
    number = number_needed_to_treat(0.03, -0.1074, 0.1674)
    assert number.form == "NNTH to infinity to NNTB"
    assert number.text == "NNTB 34 (95 % interval NNTH 10 to infinity to NNTB 6)"


@pytest.mark.known_truth
def test_harm_is_named_harm() -> None:
    number = number_needed_to_treat(-0.2, -0.3, -0.1)
    assert (number.label, number.form) == ("NNTH", "NNTH to NNTH")
    assert number.text == "NNTH 5 (95 % interval NNTH 4 to NNTH 10)"


@pytest.mark.known_truth
def test_no_difference_has_no_number() -> None:
    number = number_needed_to_treat(0.0, -0.1, 0.0)
    assert (number.nnt, number.label, number.at_upper) == (None, None, None)
    assert number.form == "NNTH to infinity to NNTB"
    assert "no difference" in number.text


@pytest.mark.known_truth
def test_programmer_mistakes_are_value_errors() -> None:
    with pytest.raises(ValueError, match="do not enclose"):
        number_needed_to_treat(0.5, 0.6, 0.7)
    with pytest.raises(ValueError, match="no more events than patients"):
        wald_risk_reduction(events_treated=3, n_treated=2, events_control=0, n_control=2)


@pytest.mark.known_truth
def test_risk_reduction_of_bad_events() -> None:
    reduction, se, lower, upper = wald_risk_reduction(
        events_treated=30, n_treated=100, events_control=45, n_control=100
    )
    assert reduction == pytest.approx(0.15)
    assert se == pytest.approx(0.06763874629234)
    assert (lower, upper) == pytest.approx((0.01743049330756, 0.2825695066924))
