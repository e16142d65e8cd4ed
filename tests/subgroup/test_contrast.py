"""Means of scores inside and outside a group."""

import numpy as np
import pytest
from scipy import stats

from ite.subgroup.contrast import contrast, kurtosis, mean_effect, small_sample_multiplier, variance_df


@pytest.mark.independent
def test_equals_welchs_comparison_of_two_means() -> None:
    rng = np.random.default_rng(1)
    scores, inside = rng.normal(size=90) * 3, np.arange(90) < 30
    # Kurtosis 1 + 2 n / (n - 1) gives n - 1 degrees of freedom; any smaller one is capped there.
    actual = contrast(scores, inside, tails=2.0)
    expected = stats.ttest_ind(scores[inside], scores[~inside], equal_var=False)
    assert actual.difference.estimate == pytest.approx(scores[inside].mean() - scores[~inside].mean())
    assert actual.difference.p_value == pytest.approx(expected.pvalue, rel=1e-9)
    assert actual.difference.df == pytest.approx(expected.df, rel=1e-9)
    limits = expected.confidence_interval(0.95)
    assert actual.difference.interval(stats.norm.ppf(0.975)) == pytest.approx((limits.low, limits.high), rel=1e-9)


@pytest.mark.known_truth
def test_clusters_of_one_equal_no_clusters_up_to_the_factor() -> None:
    rng = np.random.default_rng(2)
    scores, inside = rng.normal(size=60), np.arange(60) < 20
    alone = contrast(scores, inside, 3.0, np.arange(60))
    free = contrast(scores, inside, 3.0)
    assert alone.inside.se == pytest.approx(free.inside.se)
    assert alone.difference.se == pytest.approx(free.difference.se, rel=0.02)


@pytest.mark.known_truth
def test_repeated_patients_count_once_as_clusters() -> None:
    rng = np.random.default_rng(3)
    scores = rng.normal(size=40)
    once = mean_effect(scores, 3.0, np.arange(40))
    thrice = mean_effect(np.repeat(scores, 3), 3.0, np.repeat(np.arange(40), 3))
    assert thrice.se == pytest.approx(once.se)
    assert thrice.df == once.df == 39


@pytest.mark.known_truth
def test_small_samples_get_students_multiplier_and_large_ones_the_normal() -> None:
    assert small_sample_multiplier(1.959964, 10.0) == pytest.approx(2.228139, abs=1e-5)
    assert small_sample_multiplier(3.5, 1e9) == pytest.approx(3.5, abs=1e-6)


@pytest.mark.known_truth
def test_heavy_tails_cost_degrees_of_freedom() -> None:
    assert variance_df(100, 3.0) == pytest.approx(99)
    assert variance_df(100, 9.0) == pytest.approx(25)
    assert kurtosis(np.array([-1.0, 1.0])) == pytest.approx(1)
    assert kurtosis(np.ones(5)) == 3
