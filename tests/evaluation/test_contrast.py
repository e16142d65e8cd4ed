"""One variance formula for all evidence."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from ite.evaluation.contrast import Contrast, combine, contrast, sum_by_cluster

RNG = np.random.default_rng(0)
SCORES = RNG.standard_normal(90) * np.linspace(0.5, 2, 90) + 1


@pytest.mark.independent
def test_a_plain_mean_has_its_usual_standard_error() -> None:
    part = contrast(SCORES, np.full(90, 1 / 90))
    assert part.estimate == pytest.approx(SCORES.mean())
    assert part.se == pytest.approx(stats.sem(SCORES))
    assert part.size == 90


@pytest.mark.independent
def test_clustered_means_have_the_sandwich_of_statsmodels() -> None:
    cluster = np.arange(90) // 6
    fit = sm.OLS(SCORES, np.ones(90)).fit(cov_type="cluster", cov_kwds={"groups": cluster, "use_correction": False})
    part = contrast(SCORES, np.full(90, 1 / 90), cluster)
    assert part.se == pytest.approx(fit.bse[0] * np.sqrt(15 / 14))


@pytest.mark.known_truth
def test_a_contrast_is_blind_to_a_common_shift_and_follows_units() -> None:
    weights = RNG.standard_normal(90)
    weights -= weights.mean()
    one, other = contrast(SCORES, weights), contrast(10 * SCORES + 500, weights)
    assert other.estimate == pytest.approx(10 * one.estimate)
    assert other.se == pytest.approx(10 * one.se)
    assert other.z == pytest.approx(one.z)


@pytest.mark.known_truth
def test_sums_within_clusters() -> None:
    values = np.arange(8.0).reshape(4, 2)
    np.testing.assert_array_equal(sum_by_cluster(values, np.array([5, 2, 5, 2])), [[8, 10], [4, 6]])
    assert sum_by_cluster(values, None) is values


@pytest.mark.known_truth
def test_folds_combine_by_the_square_root_of_their_size() -> None:
    parts = [Contrast(estimate=1.0, se=0.5, size=100), Contrast(estimate=-0.2, se=0.1, size=400)]
    z = (10 * 2.0 + 20 * -2.0) / np.sqrt(500)
    result = combine(parts)
    assert result.z == pytest.approx(z)
    assert result.size == 500
    weight = np.array([10 / 0.5, 20 / 0.1])
    assert result.estimate == pytest.approx(weight @ [1.0, -0.2] / weight.sum())


@pytest.mark.known_truth
def test_without_folds_nothing_is_known() -> None:
    assert np.isnan([combine([]).estimate, combine([]).se, Contrast(estimate=0.0, se=0.0, size=9).z]).all()


@pytest.mark.known_truth
def test_under_no_effect_z_is_standard_normal() -> None:
    """4,000 draws, variance tied to the weight: the share beyond 1.96 lies within 4 standard errors of 5 %."""
    rng = np.random.default_rng(1)
    weights = np.sort(rng.standard_normal(200))
    weights -= weights.mean()
    z = np.array([contrast(rng.standard_normal(200) * (1 + np.abs(weights)), weights).z for _ in range(4_000)])
    assert np.mean(np.abs(z) > 1.96) == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 4_000))
