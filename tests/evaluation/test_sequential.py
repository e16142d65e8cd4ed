"""Evidence on predictions, fold by fold."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from ite.evaluation.contrast import contrast
from ite.evaluation.rank_weights import autoc_weights, toc_weights
from ite.evaluation.sequential import (
    TOC_FRACTIONS,
    SequentialFold,
    calibration_slope,
    combined,
    fifths,
    p_two_sided,
    sequential_folds,
    simultaneous_critical_value,
    toc_band,
    top_minus_bottom,
)
from ite.trial.normal import NORMAL_975


def one_fold(n: int = 160, seed: int = 0, *, slope: float = 0.5) -> SequentialFold:
    rng = np.random.default_rng(seed)
    predictions = rng.standard_normal(n)
    scores = 1 + slope * predictions + rng.standard_normal(n) * (1 + predictions**2)
    return SequentialFold(scores=scores, predictions=predictions, cluster=None)


def constant_fold(n: int = 163, value: float = 0.123) -> SequentialFold:
    scores = 1 + np.random.default_rng(1).standard_normal(n)
    return SequentialFold(scores=scores, predictions=np.full(n, value), cluster=None)


@pytest.mark.known_truth
def test_the_first_fold_has_no_part() -> None:
    fold = np.repeat([0, 1, 2], 10)
    predictions = np.where(fold == 0, np.nan, np.arange(30.0))
    parts = sequential_folds(np.arange(30.0), predictions, fold, np.arange(30) // 2)
    assert [part.scores.tolist() for part in parts] == [list(range(10, 20)), list(range(20, 30))]
    assert all(part.cluster is not None and len(part.cluster) == 10 for part in parts)


@pytest.mark.independent
def test_in_one_fold_the_slope_is_least_squares_with_hc3() -> None:
    part = one_fold()
    fit = sm.OLS(part.scores, sm.add_constant(part.predictions)).fit(cov_type="HC3")
    slope = calibration_slope([part])
    assert slope.estimate == pytest.approx(fit.params[1])
    # The n / (n - 1) of every contrast, and the mean of the residuals, are all that differs.
    assert slope.se == pytest.approx(fit.bse[1] * np.sqrt(160 / 159), rel=2e-3)


@pytest.mark.independent
def test_folds_combine_by_the_square_root_of_their_size() -> None:
    parts = [one_fold(100, 1), one_fold(300, 2), one_fold(50, 3)]
    z = []
    for part in parts:
        weights = autoc_weights(part.predictions)
        influence = weights * (part.scores - part.scores.mean())
        n = len(influence)
        z.append(weights @ part.scores / np.sqrt(np.sum(influence**2) * n / (n - 1)))
    size = np.array([100, 300, 50])
    assert combined(parts, autoc_weights).z == pytest.approx(np.sqrt(size) @ z / np.sqrt(450))


@pytest.mark.known_truth
def test_predictions_that_are_noise_have_the_size_they_claim() -> None:
    """600 null draws of four folds: the share beyond 1.96 is within what chance allows in 999 of 1,000 runs."""
    z = {"slope": [], "autoc": [], "fifths": []}
    for seed in range(600):
        parts = [one_fold(100, 10 * seed + part, slope=0.0) for part in range(4)]
        z["slope"].append(calibration_slope(parts).z)
        z["autoc"].append(combined(parts, autoc_weights).z)
        z["fifths"].append(combined(parts, top_minus_bottom).z)
    for name, values in z.items():
        assert np.sum(np.abs(values) > 1.96) <= stats.binom.ppf(0.999, 600, 0.065), name


@pytest.mark.known_truth
def test_a_right_prediction_has_slope_one_and_a_useless_one_zero() -> None:
    right = calibration_slope([one_fold(4_000, seed, slope=1.0) for seed in range(3)])
    useless = calibration_slope([one_fold(4_000, seed, slope=0.0) for seed in range(3)])
    assert abs(right.estimate - 1) < 4 * right.se
    assert abs(useless.estimate) < 4 * useless.se


@pytest.mark.known_truth
def test_constant_predictions_hold_no_information() -> None:
    """Rounding errors of a constant must rank nobody: they would give z the value of the average effect."""
    informative = one_fold()
    constants = [constant_fold(n, value=1 / n + 0.1) for n in (157, 163)]
    parts = [*constants, informative]
    scores, predictions = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("scores", "predictions")
    )
    fold = np.repeat([0, 1, 2], [157, 163, 160])
    kept = sequential_folds(scores, predictions + 1e-17 * fold, fold, None)
    assert [len(part.scores) for part in kept] == [160]
    nothing = sequential_folds(scores[:320], predictions[:320], fold[:320], None)
    assert nothing == []
    assert np.isnan([calibration_slope(nothing).z, combined(nothing, autoc_weights).se]).all()
    assert np.isnan(toc_band(nothing, 0).lower).all()


@pytest.mark.independent
def test_the_band_is_wider_than_pointwise_and_centred_on_the_toc() -> None:
    part = one_fold()
    band = toc_band([part], 0)
    order = np.argsort(-part.predictions)
    for position, fraction in enumerate(TOC_FRACTIONS[:-1]):
        best = part.scores[order[: int(np.ceil(round(fraction * 160, 6)))]]
        assert band.estimate[position] == pytest.approx(best.mean() - part.scores.mean())
        weights = np.where(np.argsort(order) < len(best), 1 / len(best), 0) - 1 / 160
        pointwise = NORMAL_975 * np.sqrt(np.sum((weights * (part.scores - part.scores.mean())) ** 2))
        assert 1.15 * pointwise < band.upper[position] - band.estimate[position] < 1.7 * pointwise
    assert band.estimate[-1] == pytest.approx(0, abs=1e-12)


@pytest.mark.independent
def test_the_band_has_the_variance_of_its_contrasts_with_and_without_clusters() -> None:
    part = one_fold()
    tied = replace(part, cluster=np.arange(160) // 8)
    for fold in (part, tied):
        band = toc_band([fold], 0)
        half_width = (band.upper - band.lower)[:-1] / 2
        pointwise = [contrast(fold.scores, toc_weights(fold.predictions, f), fold.cluster).se for f in TOC_FRACTIONS]
        np.testing.assert_allclose(half_width / np.array(pointwise)[:-1], half_width[0] / pointwise[0], rtol=1e-9)
    together = SequentialFold(
        scores=np.repeat(part.scores, 4),
        predictions=np.repeat(part.predictions, 4),
        cluster=np.repeat(np.arange(160), 4),
    )
    # Each patient four times over, as one cluster, is worth no more than once.
    np.testing.assert_allclose(toc_band([together], 0).upper[3::4], toc_band([part], 0).upper[3::4], rtol=0.02)


@pytest.mark.known_truth
def test_the_simultaneous_value_of_independent_and_of_equal_points() -> None:
    independent = simultaneous_critical_value(np.diag([1.0, 4.0, 9.0]), 0)
    assert independent == pytest.approx(stats.norm.ppf((1 + 0.95 ** (1 / 3)) / 2), abs=0.05)
    assert simultaneous_critical_value(np.ones((3, 3)), 0) == pytest.approx(NORMAL_975, abs=0.05)


@pytest.mark.known_truth
def test_fifths_are_means_of_scores_within_folds() -> None:
    parts = [one_fold(100, 1, slope=2.0), one_fold(50, 2, slope=2.0)]
    found = fifths(parts)
    for position, fifth in enumerate(found):
        members = []
        for part in parts:
            order = np.argsort(part.predictions)
            size = len(order) // 5
            members.append(part.scores[order[position * size : (position + 1) * size]])
        together = np.concatenate(members)
        assert fifth.n == 30
        assert fifth.effect.estimate == pytest.approx(together.mean())
        assert fifth.effect.se == pytest.approx(stats.sem(together), rel=0.03)
    assert [fifth.predicted for fifth in found] == sorted(fifth.predicted for fifth in found)


@pytest.mark.known_truth
def test_two_sided_p() -> None:
    assert p_two_sided(-1.959964) == pytest.approx(0.05, abs=1e-6)
    assert np.isnan(p_two_sided(float("nan")))
