"""Independence by permutation: its moments are those over all permutations, and its levels those it says."""

from itertools import permutations

import numpy as np
import pytest
from scipy.stats import binom, binomtest, chi2, norm

from ite.evaluation.global_test import max_association
from ite.evaluation.permutation_test import permutation_test


def drawn(seed: int, n: int = 60, slope: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    columns = rng.standard_normal((n, 4))
    return slope * columns[:, 1] + rng.standard_exponential(n), columns


@pytest.mark.independent
def test_the_largest_association_is_judged_by_all_permutations() -> None:
    scores, columns = drawn(1, n=7)
    found = permutation_test(scores, columns, seed=0)
    residual, centred = scores - scores.mean(), columns - columns.mean(axis=0)
    every = np.array([np.asarray(order) @ centred for order in permutations(residual)])
    np.testing.assert_allclose(every.mean(axis=0), 0.0, atol=1e-9)
    observed = np.abs(residual @ centred / every.std(axis=0)).max()
    assert found.largest == pytest.approx(observed, rel=1e-9)
    share = float(np.mean(np.abs(every / every.std(axis=0)).max(axis=1) >= observed * (1 - 1e-12)))
    assert found.p_largest == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 1_999) + 1 / 2_000)


@pytest.mark.independent
def test_the_quadratic_form_is_that_of_a_regression() -> None:
    # (n - 1) R^2 of the regression of the scores on all columns.
    scores, columns = drawn(2, slope=0.5)
    found = permutation_test(scores, columns, seed=0)
    design = np.column_stack([np.ones(60), columns])
    fitted = design @ np.linalg.lstsq(design, scores, rcond=None)[0]
    r_squared = 1 - np.sum((scores - fitted) ** 2) / np.sum((scores - scores.mean()) ** 2)
    assert found.quadratic == pytest.approx(59 * r_squared, rel=1e-9)
    assert found.p_quadratic == pytest.approx(float(chi2.sf(59 * r_squared, 4)), rel=1e-9)
    doubled = permutation_test(scores, np.column_stack([columns, columns[:, 0], np.ones(60)]), seed=0)
    assert (doubled.degrees, doubled.quadratic) == (4, pytest.approx(found.quadratic, rel=1e-6))


@pytest.mark.known_truth
def test_both_keep_their_level_where_scores_are_exchangeable_and_find_a_trend() -> None:
    rejected = np.zeros(2)
    for seed in range(400):
        found = permutation_test(*drawn(seed), seed=seed)
        rejected += np.array([found.p_largest, found.p_quadratic]) <= 0.05
    for count in rejected:
        interval = binomtest(int(count), 400).proportion_ci(0.99)
        assert interval.low <= 0.05 <= interval.high or count < 20
    strong = permutation_test(*drawn(3, slope=1.5), seed=0)
    assert max(strong.p_largest, strong.p_quadratic) < 0.001
    assert strong.largest > norm.isf(0.0005)


@pytest.mark.known_truth
def test_what_does_not_vary_is_refused() -> None:
    with pytest.raises(ValueError, match="must vary"):
        permutation_test(np.ones(20), drawn(1, n=20)[1], seed=0)
    with pytest.raises(ValueError, match="must vary"):
        permutation_test(drawn(1, n=20)[0], np.ones((20, 2)), seed=0)


@pytest.mark.known_truth
def test_a_noisy_minority_misleads_permutation_and_not_the_primary_test() -> None:
    """A tenth of the patients has three times the noise: the association varies 4.6 times as much as permuted."""
    rejected = np.zeros(2)
    for seed in range(200):
        rng = np.random.default_rng(seed)
        minority = (np.arange(200) < 20).astype(float)
        scores = rng.standard_normal(200) * (1 + 2 * minority)
        columns = (minority - minority.mean())[:, None]
        permuted, primary = permutation_test(scores, columns, seed), max_association(scores, columns, seed)
        rejected += np.array([permuted.p_largest, primary.p_value]) <= 0.05
    squares = (columns[:, 0] ** 2) @ (1 + 8 * minority)
    expected = 2 * norm.sf(1.96 / np.sqrt(squares / ((columns**2).sum() * (0.9 + 0.1 * 9))))
    assert rejected[0] / 200 == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 200))
    assert rejected[1] <= binom.isf(0.005, 200, 0.05)
