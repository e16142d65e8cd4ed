"""The primary test against a count of all sign patterns, theory and null draws."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from ite.evaluation import global_test
from ite.evaluation.global_test import max_association


def centred(columns: np.ndarray) -> np.ndarray:
    return columns - columns.mean(axis=0)


def exact_p(scores: np.ndarray, columns: np.ndarray) -> tuple[float, np.ndarray]:
    """P-value over every sign pattern, by plain loops; the 1e-9 lets a pattern equal itself."""
    residual = scores - scores.mean()
    scale = [np.sqrt(sum((b * r) ** 2 for b, r in zip(column, residual, strict=True))) for column in columns.T]
    maxima = []
    for signs in product((-1, 1), repeat=len(scores)):
        sums = [abs(sum(s * b * r for s, b, r in zip(signs, column, residual, strict=True))) for column in columns.T]
        maxima.append(max(total / unit for total, unit in zip(sums, scale, strict=True)))
    observed = np.abs(columns.T @ residual) / scale
    p_values = [np.mean(np.array(maxima) >= value - 1e-9) for value in (observed.max(), *observed)]
    return p_values[0], np.array(p_values[1:])


@pytest.mark.independent
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_reference_is_that_of_all_sign_patterns(seed: int) -> None:
    rng = np.random.default_rng(seed)
    columns = centred(rng.standard_normal((9, 2)))
    scores = rng.standard_normal(9)
    p_value, column_p = exact_p(scores, columns)
    test = max_association(scores, columns, seed)
    error = 4 * np.sqrt(p_value * (1 - p_value) / global_test.FLIPS) + 2e-4
    assert test.p_value == pytest.approx(p_value, abs=error)
    np.testing.assert_allclose(test.column_p_value, column_p, atol=4 * np.sqrt(0.25 / global_test.FLIPS) + 2e-4)


@pytest.mark.known_truth
@pytest.mark.parametrize("clusters", [6, 8, 10])
def test_p_is_never_below_what_so_few_clusters_allow(clusters: int) -> None:
    """The observed signs and their mirror are always among the patterns: p is at least 2 / 2^clusters."""
    least = 2 / 2**clusters
    floor = least - 4 * np.sqrt(least / global_test.FLIPS)
    for seed in range(5):
        rng = np.random.default_rng(seed)
        column = centred(rng.standard_normal((20 * clusters, 1)))
        scores = np.sign(column[:, 0]) + 0.1 * rng.standard_normal(len(column))
        assert max_association(scores, column, seed, np.arange(len(column)) // 20).p_value >= floor


@pytest.mark.independent
def test_one_column_is_close_to_a_robust_t_test() -> None:
    rng = np.random.default_rng(4)
    column = centred(rng.standard_normal((400, 1)))
    for shift in (0.0, 0.08, 0.12):
        scores = rng.standard_normal(400) + shift * column[:, 0]
        test = max_association(scores, column, 0)
        assert test.p_value == pytest.approx(2 * stats.norm.sf(test.statistic), abs=0.02)
        assert test.critical_value == pytest.approx(1.96, abs=0.08)


@pytest.mark.known_truth
def test_the_order_of_patients_does_not_matter() -> None:
    rng = np.random.default_rng(5)
    columns = centred(rng.standard_normal((80, 3)))
    scores = rng.standard_normal(80) + 0.2 * columns[:, 1]
    order = rng.permutation(80)
    one, other = max_association(scores, columns, 0), max_association(scores[order], columns[order], 0)
    assert one.statistic == pytest.approx(other.statistic)
    assert one.p_value == pytest.approx(other.p_value, abs=4 * np.sqrt(2 * 0.25 / global_test.FLIPS))


@pytest.mark.known_truth
def test_units_and_shifts_of_the_scores_do_not_matter() -> None:
    rng = np.random.default_rng(6)
    columns, scores = centred(rng.standard_normal((80, 3))), rng.standard_normal(80)
    one, other = max_association(scores, columns, 0), max_association(1000 * scores + 7, columns * [1, 2, -5], 0)
    np.testing.assert_allclose(one.column_statistic, other.column_statistic)
    assert one.p_value == pytest.approx(other.p_value, abs=2e-4)


@pytest.mark.known_truth
@pytest.mark.parametrize("noise", ["even", "heteroscedastic", "clustered"])
def test_under_the_null_p_is_not_too_small(noise: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """400 null draws: counts below 5 % and 20 % lie within what chance allows in 999 of 1,000 runs."""
    monkeypatch.setattr(global_test, "FLIPS", 399)
    p_values = []
    for seed in range(400):
        rng = np.random.default_rng(seed)
        columns = centred(rng.standard_normal((120, 5)))
        cluster = np.arange(120) // 4 if noise == "clustered" else None
        scale = 0.3 + np.abs(columns[:, 0]) * 1.5 if noise == "heteroscedastic" else np.ones(120)
        scores = rng.standard_normal(120) * scale
        if cluster is not None:
            columns = centred(rng.standard_normal((30, 5)))[cluster]
            scores = scores + rng.standard_normal(30)[cluster]
        p_values.append(max_association(scores, columns, seed, cluster).p_value)
    for level in (0.05, 0.2):
        assert np.sum(np.array(p_values) <= level) <= stats.binom.ppf(0.999, 400, level)


@pytest.mark.known_truth
def test_adjusted_p_values_are_at_least_unadjusted_ones() -> None:
    rng = np.random.default_rng(7)
    columns, scores = centred(rng.standard_normal((150, 6))), rng.standard_normal(150)
    test = max_association(scores, columns, 0)
    alone = np.array([max_association(scores, column[:, None], 0).p_value for column in columns.T])
    assert (test.column_p_value >= alone - 4 * np.sqrt(0.25 / global_test.FLIPS)).all()
    assert test.p_value == test.column_p_value.min()
    assert test.statistic == test.column_statistic.max()


@pytest.mark.known_truth
def test_a_clear_difference_is_found_in_its_column() -> None:
    rng = np.random.default_rng(8)
    columns = centred(rng.standard_normal((300, 10)))
    test = max_association(rng.standard_normal(300) + 0.5 * columns[:, 3], columns, 0)
    assert test.p_value == pytest.approx(1e-4)
    assert np.argmin(test.column_p_value) == 3 == np.argmax(test.column_statistic)
    assert np.sum(test.column_p_value < 0.05) == 1


@pytest.mark.known_truth
def test_scores_that_do_not_vary_are_no_evidence() -> None:
    columns = centred(np.random.default_rng(0).standard_normal((50, 3)))
    p_value = max_association(np.full(50, 2.0), columns, 0).p_value
    assert np.isnan(p_value) or p_value == 1.0
