import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ite.design.alternatives.screening import Screening, screening_count


@pytest.mark.known_truth
@given(st.floats(0.01, 1.0), st.integers(1, 300), st.floats(0.05, 0.999))
def test_the_number_is_enough_and_one_fewer_is_not(prevalence: float, needed: int, assurance: float) -> None:
    spec = Screening(prevalence=prevalence, needed_positives=needed, assurance=assurance)
    number = screening_count(spec).screened_for_assurance
    assert stats.binom.sf(needed - 1, number, prevalence) >= assurance
    assert number == needed or stats.binom.sf(needed - 1, number - 1, prevalence) < assurance


@pytest.mark.known_truth
def test_expected_number_is_the_mean_of_screening_until_enough() -> None:
    screened = 30 + np.random.default_rng(2).negative_binomial(30, 0.15, 100_000)
    expected = screening_count(Screening(prevalence=0.15, needed_positives=30)).expected_screened
    assert screened.mean() == pytest.approx(expected, abs=4 * screened.std() / np.sqrt(len(screened)))
