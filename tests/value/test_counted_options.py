"""Options typed as counts."""

import numpy as np
import pytest
from scipy import stats

from ite.errors import ValuationError
from ite.value.counted_options import CountedOption, CountedOptions

A = CountedOption(name="A", responded=12, patients=20, harmed=2, followed=100, cost=3.0)
B = CountedOption(name="B", responded=15, patients=20, harmed=10, followed=100, burden=1.5)


@pytest.mark.known_truth
def test_expected_is_the_share_counted_and_with_a_prior_one_more_of_each() -> None:
    np.testing.assert_allclose(CountedOptions(options=(A, B)).expected, [[0.6, 0.02, 3, 0], [0.75, 0.1, 0, 1.5]])
    uniform = CountedOptions(options=(A, B), prior=1.0)
    np.testing.assert_allclose(uniform.expected[:, :2], [[13 / 22, 3 / 102], [16 / 22, 11 / 102]])


@pytest.mark.independent
def test_draws_follow_the_beta_posterior() -> None:
    drawn = CountedOptions(options=(A, B), prior=1.0).draws(draws=4000, seed=5).criteria
    assert stats.kstest(drawn[:, 0, 0], stats.beta(13, 9).cdf).pvalue > 1e-3
    assert stats.kstest(drawn[:, 1, 1], stats.beta(11, 91).cdf).pvalue > 1e-3


@pytest.mark.known_truth
def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValuationError, match="Responded under A should be at most its 20 patients, but 21"):
        CountedOption(name="A", responded=21, patients=20, harmed=0, followed=10)
    nobody = CountedOption(name="C", responded=3, patients=9, harmed=0, followed=9)
    with pytest.raises(ValuationError, match="Harmed under C is 0 of 9"):
        _ = CountedOptions(options=(A, nobody)).expected
    assert CountedOptions(options=(A, nobody), prior=1.0).expected[1, 1] == pytest.approx(1 / 11)
