import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from ite.evaluate.risk_difference import newcombe, standardised_risk_difference, wilson

ARM = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.independent
@given(ARM)
def test_wilson_is_statsmodels_wilson(arm: tuple[int, int]) -> None:
    assert wilson(*arm) == pytest.approx(proportion_confint(*arm, method="wilson"), abs=1e-12)


@pytest.mark.independent
@given(ARM, ARM)
def test_newcombe_is_statsmodels_newcombe(treated: tuple[int, int], control: tuple[int, int]) -> None:
    result = newcombe(*treated, *control)
    expected = confint_proportions_2indep(*treated, *control, method="newcomb", compare="diff")
    assert (result.lower, result.upper) == pytest.approx(expected, abs=1e-9)
    assert -1 - 1e-12 <= result.lower <= result.estimate <= result.upper <= 1 + 1e-12


@pytest.mark.known_truth
def test_strata_count_by_their_patients() -> None:
    assert standardised_risk_difference([0.5, 0.3], [0.3, 0.3], [30, 10]) == pytest.approx(0.15)
