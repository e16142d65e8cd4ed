"""R-loss, policy value, conformal quantile, rank correlation and effect variance against second derivations."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from ite.evaluation.conformal import conformal_quantile
from ite.evaluation.effect_accuracy import effect_variance, rank_correlation
from ite.evaluation.policy_value import policy_value
from ite.evaluation.r_loss import r_loss


@pytest.mark.independent
def test_the_best_constant_of_the_r_loss_is_least_squares_through_the_origin() -> None:
    rng = np.random.default_rng(11)
    treatment, outcome = rng.choice([-0.5, 0.5], 80), rng.normal(size=80)
    slope = np.linalg.lstsq(treatment[:, None], outcome, rcond=None)[0][0]
    result = r_loss(outcome, treatment, np.full(80, slope))
    assert result.best_constant == pytest.approx(slope)
    assert result.score == pytest.approx(0, abs=1e-12)
    assert r_loss(outcome, treatment, np.full(80, slope + 1)).score < 0
    assert r_loss(2 * treatment, treatment, np.full(80, 2.0)).loss == 0
    assert math.isnan(r_loss(2 * treatment, treatment, np.full(80, 2.0)).score)


@pytest.mark.known_truth
def test_policy_value_recovers_the_mean_under_the_policy() -> None:
    rng = np.random.default_rng(13)
    n = 200_000
    covariate, chance = rng.normal(size=n), rng.choice([0.3, 0.6], n)
    treatment = (rng.random(n) < chance).astype(float)
    outcome = covariate * treatment + rng.normal(size=n)
    policy = (covariate > 0).astype(float)
    truth = 1 / math.sqrt(2 * math.pi)  # E[X 1{X > 0}]
    result = policy_value(outcome, treatment, chance, policy)
    se = np.std((treatment == policy) / np.where(treatment == 1, chance, 1 - chance) * outcome) / math.sqrt(n)
    assert abs(result.value - truth) < 4 * se
    assert abs(result.hajek - truth) < 4 * se
    assert math.isnan(policy_value([1.0], [1], [0.5], [0]).hajek)


@pytest.mark.independent
@given(st.lists(st.integers(0, 30), min_size=1, max_size=30), st.integers(1, 19))
def test_the_conformal_quantile_is_that_of_the_scores_and_infinity(scores: list[int], twentieths: int) -> None:
    with_infinity = np.append(np.array(scores, dtype=float), np.inf)
    rank = -((len(scores) + 1) * (20 - twentieths) // -20)  # exact ceiling in whole numbers
    assert conformal_quantile(scores, twentieths / 20) == np.sort(with_infinity)[rank - 1]


@pytest.mark.independent
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=20))
def test_rank_correlation_is_spearmans_or_unknown(pairs: list[tuple[int, int]]) -> None:
    predicted, true = zip(*pairs, strict=True)
    result = rank_correlation(predicted, true)
    if len(set(predicted)) == 1 or len(set(true)) == 1:
        assert math.isnan(result)
    else:
        assert result == pytest.approx(spearmanr(predicted, true).statistic, abs=1e-12)


@pytest.mark.known_truth
def test_effect_variance_recovers_the_variance_behind_the_noise() -> None:
    rng = np.random.default_rng(17)
    n, spread, se = 100_000, 0.5, 0.8
    estimate = rng.normal(0, spread, n) + rng.normal(0, se, n)
    monte_carlo = (spread**2 + se**2) * math.sqrt(2 / n)
    assert abs(effect_variance(estimate, np.full(n, se)) - spread**2) < 4 * monte_carlo
    assert effect_variance([0.1, 0.1, 0.1], [1, 1, 1]) == 0
