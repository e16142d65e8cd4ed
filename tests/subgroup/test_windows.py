"""The critical value of brushed slices."""

import numpy as np
import pytest

from ite.subgroup.bins import bin_axis, bin_scores
from ite.subgroup.windows import level_critical_value, window_critical_value
from ite.trial.data import BoolArray, FloatArray, IntArray

DRAWS = 4000


def _every_slice(codes: IntArray, treated: BoolArray, windows: list[tuple[int, int]]) -> list[BoolArray]:
    found = []
    for low, high in windows:
        inside = (codes >= low) & (codes < high)
        parts = [group & arm for group in (inside, ~inside) for arm in (treated, ~treated)]
        if min(int(part.sum()) for part in parts) >= 20:
            found.append(inside)
    return found


def _bootstrap(slices: list[BoolArray], scores: FloatArray, multipliers: FloatArray) -> tuple[float, float]:
    """Patient by patient, one multiplier each: the largest studentised deviation of the difference and of the means."""
    difference, mean = np.zeros(multipliers.shape[1]), np.zeros(multipliers.shape[1])
    for inside in slices:
        first = np.where(inside, scores - scores[inside].mean(), 0) / inside.sum()
        second = np.where(~inside, scores - scores[~inside].mean(), 0) / (~inside).sum()
        for influence, largest in ((first - second, difference), (first, mean), (second, mean)):
            np.maximum(largest, np.abs(influence @ multipliers) / np.sqrt(np.sum(influence**2)), out=largest)
    return float(np.quantile(difference, 0.95)), float(np.quantile(mean, 0.95))


def _drawn(n: int, values: int, seed: int) -> tuple[FloatArray, FloatArray, BoolArray]:
    rng = np.random.default_rng(seed)
    position = rng.integers(0, values, n).astype(float)
    treated = np.arange(n) % 2 == 0
    return position, rng.normal(size=n) * (1 + position / values) + position, treated


@pytest.mark.independent
def test_windows_equal_a_bootstrap_of_every_patient() -> None:
    position, scores, treated = _drawn(300, 12, seed=3)
    binned = bin_scores(position, scores, treated, ~treated)
    actual = window_critical_value(binned, seed=1, draws=DRAWS)
    codes = bin_axis(position)[0]
    slices = _every_slice(codes, treated, [(i, j) for i in range(12) for j in range(i + 1, 13)])
    expected = _bootstrap(slices, scores, np.random.default_rng(2).standard_normal((300, DRAWS)))
    assert actual.candidates == len(slices)
    # Two estimates of one 95 % point from 4,000 draws each: 0.025 is about their standard error.
    assert actual.difference == pytest.approx(expected[0], abs=0.09)
    assert actual.mean == pytest.approx(expected[1], abs=0.09)


@pytest.mark.independent
def test_clusters_share_one_multiplier() -> None:
    position, scores, treated = _drawn(400, 8, seed=4)
    cluster = np.arange(400) // 10
    scores = scores + np.random.default_rng(5).normal(size=40)[cluster]
    actual = window_critical_value(bin_scores(position, scores, treated, ~treated, cluster), seed=1, draws=DRAWS)
    slices = _every_slice(position.astype(np.int64), treated, [(i, j) for i in range(8) for j in range(i + 1, 9)])
    multipliers = np.random.default_rng(2).standard_normal((40, DRAWS))[cluster]
    largest = np.zeros(DRAWS)
    for inside in slices:
        influence = np.where(inside, scores - scores[inside].mean(), 0) / inside.sum()
        influence -= np.where(~inside, scores - scores[~inside].mean(), 0) / (~inside).sum()
        sd = np.sqrt(np.sum(np.bincount(cluster, weights=influence) ** 2))
        np.maximum(largest, np.abs(influence @ multipliers) / sd, out=largest)
    assert actual.difference == pytest.approx(float(np.quantile(largest, 0.95)), abs=0.09)


@pytest.mark.independent
def test_level_sets_equal_a_bootstrap_of_every_patient() -> None:
    position, scores, treated = _drawn(400, 4, seed=6)
    actual = level_critical_value(bin_scores(position, scores, treated, ~treated, grouped=True), seed=1, draws=DRAWS)
    slices = [np.isin(position, some) for some in ([0], [1], [2], [3], [0, 1], [0, 2], [0, 3])]
    expected = _bootstrap(slices, scores, np.random.default_rng(2).standard_normal((400, DRAWS)))
    assert actual.difference == pytest.approx(expected[0], abs=0.09)
    assert actual.mean == pytest.approx(expected[1], abs=0.09)


@pytest.mark.known_truth
def test_one_possible_cut_needs_no_more_than_one_comparison() -> None:
    position, scores, treated = _drawn(200, 2, seed=7)
    actual = window_critical_value(bin_scores(position, scores, treated, ~treated), seed=1, draws=DRAWS)
    assert actual.candidates == 2
    assert actual.difference == pytest.approx(1.96, abs=0.06)
    assert actual.mean == pytest.approx(2.24, abs=0.07)  # two independent means: Sidak's 2.236


@pytest.mark.known_truth
def test_many_levels_take_scheffes_bound() -> None:
    position, scores, treated = _drawn(2000, 12, seed=8)
    actual = level_critical_value(bin_scores(position, scores, treated, ~treated, grouped=True), seed=1)
    assert actual.difference == pytest.approx(4.4356, abs=1e-3)  # root of the 95 % point of chi-square with 11 df
    assert "Scheffe" in actual.method


@pytest.mark.known_truth
def test_scale_shift_and_order_of_the_scores_do_not_matter() -> None:
    position, scores, treated = _drawn(300, 40, seed=9)
    order = np.random.default_rng(1).permutation(300)
    plain = window_critical_value(bin_scores(position, scores, treated, ~treated), seed=1)
    turned = window_critical_value(
        bin_scores(position[order], 1e6 - 1e5 * scores[order], treated[order], ~treated[order]), seed=1
    )
    again = window_critical_value(bin_scores(position, scores, treated, ~treated), seed=1)
    assert turned.difference == pytest.approx(plain.difference, abs=0.15)  # the sign changes the draws, not their law
    assert again == plain
    assert window_critical_value(bin_scores(position, scores, treated, ~treated), seed=2) != plain


@pytest.mark.known_truth
def test_cuts_between_bins_widen_the_value() -> None:
    rng = np.random.default_rng(10)
    position, scores = rng.normal(size=4000), rng.normal(size=4000)
    treated = np.arange(4000) % 2 == 0
    fine = bin_scores(position, scores, treated, ~treated)
    coarse = bin_scores(bin_axis(position)[1][bin_axis(position)[0]], scores, treated, ~treated)
    assert fine.cuts == 4000
    assert coarse.cuts == 100
    assert window_critical_value(fine, 1).difference > window_critical_value(coarse, 1).difference + 0.05


@pytest.mark.known_truth
def test_bins_hold_equal_values_together_and_end_at_their_edge() -> None:
    values = np.concatenate([np.zeros(500), np.arange(1, 501)]).astype(float)
    codes, edges, cuts = bin_axis(values)
    assert cuts == 501
    assert len(edges) <= 100
    assert np.all(codes[:500] == 0)
    for code, edge in enumerate(edges):
        assert values[codes == code].max() == edge
