"""Rank weights against the definitions, written out."""

import numpy as np
import pytest

from ite.evaluation.rank_weights import autoc_weights, group_weights, qini_weights, toc_weights

RNG = np.random.default_rng(3)
SCORES = RNG.standard_normal(37)
PRIORITIES = RNG.permutation(37) / 37


def toc_by_definition(scores: np.ndarray, priorities: np.ndarray, first: int) -> float:
    best = np.argsort(-priorities)[:first]
    return float(scores[best].mean() - scores.mean())


@pytest.mark.independent
@pytest.mark.parametrize("fraction", [0.01, 0.2, 0.5, 0.73, 1.0])
def test_toc_is_the_mean_of_the_best_minus_that_of_all(fraction: float) -> None:
    expected = toc_by_definition(SCORES, PRIORITIES, int(np.ceil(fraction * 37)))
    assert toc_weights(PRIORITIES, fraction) @ SCORES == pytest.approx(expected)


@pytest.mark.known_truth
def test_a_fraction_that_is_a_whole_number_of_patients_takes_that_number() -> None:
    for n in (10, 20, 60, 700):
        weights = toc_weights(np.arange(float(n)), 0.3)
        assert np.sum(weights > 0) == round(0.3 * n)


@pytest.mark.independent
def test_autoc_and_qini_are_means_of_the_toc() -> None:
    toc = np.array([toc_by_definition(SCORES, PRIORITIES, first) for first in range(1, 38)])
    assert autoc_weights(PRIORITIES) @ SCORES == pytest.approx(toc.mean())
    assert qini_weights(PRIORITIES) @ SCORES == pytest.approx(np.mean(np.arange(1, 38) / 37 * toc))


@pytest.mark.independent
def test_groups_are_means_of_equal_shares() -> None:
    order = np.argsort(PRIORITIES)
    weights = group_weights(PRIORITIES, 5)
    sizes = (weights > 0).sum(axis=0)
    assert sizes.sum() == 37
    assert sizes.max() - sizes.min() <= 1
    start = 0
    for group, size in enumerate(sizes):
        assert weights[:, group] @ SCORES == pytest.approx(SCORES[order[start : start + size]].mean())
        start += size


@pytest.mark.independent
def test_tied_priorities_average_over_all_orders() -> None:
    tied = np.round(PRIORITIES, 1)
    rng = np.random.default_rng(0)
    broken = np.mean([autoc_weights(tied + 1e-6 * rng.random(37)) @ SCORES for _ in range(4_000)])
    spread = np.std([autoc_weights(tied + 1e-6 * rng.random(37)) @ SCORES for _ in range(500)])
    assert autoc_weights(tied) @ SCORES == pytest.approx(broken, abs=4 * spread / np.sqrt(4_000))
    order = rng.permutation(37)
    np.testing.assert_allclose(autoc_weights(tied)[order], autoc_weights(tied[order]), atol=1e-15)


@pytest.mark.known_truth
def test_weights_of_contrasts_sum_to_zero_and_of_groups_to_one() -> None:
    for weights in (toc_weights(PRIORITIES, 0.3), autoc_weights(PRIORITIES), qini_weights(PRIORITIES)):
        assert weights.sum() == pytest.approx(0, abs=1e-14)
    np.testing.assert_allclose(group_weights(np.round(PRIORITIES, 1), 5).sum(axis=0), 1)
