import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from ite.evaluation.subgroup_heterogeneity import cochran_q, dersimonian_laird, gail_simon

SUBGROUPS = st.lists(st.tuples(st.floats(-2, 2), st.floats(0.05, 2)), min_size=2, max_size=8)


@pytest.mark.independent
@given(SUBGROUPS)
def test_cochran_and_dersimonian_laird_equal_statsmodels(subgroups: list[tuple[float, float]]) -> None:
    estimate, se = np.array(subgroups).T
    expected = combine_effects(estimate, se**2, method_re="dl")
    result = cochran_q(estimate, se)
    assert result.pooled == pytest.approx(expected.mean_effect_fe, abs=1e-9)
    assert result.q == pytest.approx(expected.q, rel=1e-6, abs=1e-9)
    shrunk = dersimonian_laird(estimate, se)
    assert shrunk.variance_between == pytest.approx(max(expected.tau2, 0), rel=1e-6, abs=1e-9)
    low, high = np.minimum(estimate, shrunk.mean) - 1e-12, np.maximum(estimate, shrunk.mean) + 1e-12
    assert ((low <= shrunk.shrunk) & (shrunk.shrunk <= high)).all()


@pytest.mark.known_truth
def test_equal_effects_have_no_spread() -> None:
    result = cochran_q([0.3, 0.3, 0.3], [0.1, 0.2, 0.3])
    assert (result.pooled, result.q, result.p, result.i_squared) == pytest.approx((0.3, 0, 1, 0), abs=1e-12)


@pytest.mark.known_truth
def test_gail_simon_keeps_its_level_at_the_least_favourable_null() -> None:
    # Gail and Simon's critical value for two groups at 5 % is 2.71, for four 5.43 (their table 1).
    assert gail_simon([2.71**0.5, -10], [1, 1]).p == pytest.approx(0.05, abs=5e-4)
    assert gail_simon([5.43**0.5, -9, -9, -9], [1, 1, 1, 1]).p == pytest.approx(0.05, abs=5e-4)


@pytest.mark.known_truth
def test_no_harm_anywhere_is_no_crossover() -> None:
    result = gail_simon([-0.5, -0.1], [0.1, 0.1])
    assert (result.q_plus, result.statistic, result.p) == (0, 0, 1)
