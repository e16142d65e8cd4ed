"""What any rule of the factor must keep to."""

import numpy as np
import pytest

from ite.estimation.shrinkage import shrinkage_factor


@pytest.mark.known_truth
@pytest.mark.parametrize("signal", [-1.0, 0.0, 0.3, 1.0, 5.0])
def test_the_factor_is_a_share_and_always_the_same(signal: float) -> None:
    rng = np.random.default_rng(2)
    ranking = rng.standard_normal(200)
    scores = signal * ranking + rng.standard_normal(200)
    factor = shrinkage_factor(scores, ranking)
    assert 0 <= factor <= 1
    assert factor == shrinkage_factor(scores.copy(), ranking.copy())


@pytest.mark.known_truth
def test_a_constant_ranking_supports_no_spread() -> None:
    scores = np.random.default_rng(2).standard_normal(200)
    assert shrinkage_factor(scores, np.zeros(200)) == 0


@pytest.mark.known_truth
@pytest.mark.parametrize("value", [0.1, -0.7, 1.1])
def test_a_constant_ranking_other_than_zero_supports_none_either(value: float) -> None:
    for seed in range(5):
        scores = 1 + np.random.default_rng(seed).standard_normal(203)
        assert shrinkage_factor(scores, np.full(203, value)) == 0
