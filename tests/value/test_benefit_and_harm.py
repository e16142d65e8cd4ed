"""Benefit and harm in people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ite.errors import ValuationError
from ite.estimation.nnt import number_needed_to_treat
from ite.value.benefit_and_harm import BenefitAndHarm, benefit_and_harm, benefit_and_harm_from_numbers
from ite.value.icon_array import icon_counts


@pytest.mark.known_truth
def test_estimates_of_benefit_and_harm_make_one_card() -> None:
    card = benefit_and_harm(number_needed_to_treat(0.2, 0.1, 0.3), number_needed_to_treat(-0.05, -0.1, 0.0))
    assert (card.nnt, card.nnh) == (pytest.approx(5), pytest.approx(20))
    assert card.likelihood_helped_or_harmed == pytest.approx(4)
    assert (card.extra_outcomes(1000), card.extra_harms(1000)) == (pytest.approx(200), pytest.approx(50))
    icons = card.icons(100)
    assert (icons.helped, icons.harmed, icons.unchanged) == (20, 5, 75)


@pytest.mark.known_truth
def test_what_is_not_defined_is_none_and_not_a_number() -> None:
    card = BenefitAndHarm(gain=-0.1, harm=-0.02)
    assert (card.nnt, card.nnh, card.likelihood_helped_or_harmed) == (None, None, None)
    icons = card.icons(100)
    assert (icons.helped, icons.harmed) == (2, 10)


@pytest.mark.known_truth
def test_clozapine_in_a_thousand_icons() -> None:
    icons = benefit_and_harm_from_numbers(5, 133).icons(1000)
    assert (icons.helped, icons.harmed, icons.unchanged) == (200, 8, 792)


@pytest.mark.known_truth
@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from([100, 1000]))
def test_icons_add_up_and_round_by_less_than_one(first: float, second: float, people: int) -> None:
    helped, harmed = first, (1 - first) * second
    icons = icon_counts(helped, harmed, people)
    assert icons.helped + icons.harmed + icons.unchanged == people
    for whole, share in ((icons.helped, helped), (icons.harmed, harmed), (icons.unchanged, 1 - helped - harmed)):
        assert whole >= 0
        assert abs(whole - people * share) < 1 + 1e-6


@pytest.mark.known_truth
def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValuationError, match="at least 1"):
        benefit_and_harm_from_numbers(0.5, 10)
    with pytest.raises(ValuationError, match="Give fractions"):
        BenefitAndHarm(gain=20, harm=0)
    with pytest.raises(ValuationError, match="100 or 1,000"):
        icon_counts(0.1, 0.1, 50)
    with pytest.raises(ValuationError, match="at most 100 %"):
        icon_counts(0.7, 0.5)
