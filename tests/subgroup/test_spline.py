"""The benefit curve."""

import numpy as np
import pytest
import statsmodels.api as sm

from ite.subgroup.spline import GRID, _natural_basis, fit_spline, knots_for


@pytest.mark.independent
def test_equals_least_squares_with_hc3() -> None:
    rng = np.random.default_rng(1)
    biomarker = rng.gamma(2, size=250)
    scores = np.sin(biomarker) + rng.normal(size=250) * (1 + biomarker)
    actual = fit_spline(biomarker, scores, 5, seed=1)
    knots = np.quantile(biomarker, np.linspace(0.05, 0.95, 5))
    reference = sm.OLS(scores, _natural_basis(biomarker, knots)).fit(cov_type="HC3")
    at_grid = _natural_basis(actual.value, knots)
    np.testing.assert_allclose(actual.estimate, at_grid @ reference.params, rtol=1e-7)
    half = (actual.upper - actual.lower) / 2
    se = np.sqrt(np.einsum("ij,jk,ik->i", at_grid, reference.cov_params(), at_grid))
    # Student's multiplier is never below the critical value on the normal scale, and close to it here.
    ratio = half / se
    assert np.all(ratio >= actual.critical_value - 1e-9)
    assert np.all(ratio < 2 * actual.critical_value)


@pytest.mark.known_truth
def test_basis_spans_lines_and_is_straight_beyond_the_knots() -> None:
    knots = np.array([0.0, 1.0, 2.0, 4.0])
    outside = _natural_basis(np.array([5.0, 6.0, 7.0]), knots)
    np.testing.assert_allclose(np.diff(outside, n=2, axis=0), 0, atol=1e-9)
    before = _natural_basis(np.array([-3.0, -2.0, -1.0]), knots)
    np.testing.assert_allclose(np.diff(before, n=2, axis=0), 0, atol=1e-9)
    biomarker = np.linspace(-1, 5, 80)
    fit = fit_spline(biomarker, 2 + 3 * biomarker, 4, seed=0)
    np.testing.assert_allclose(fit.estimate, 2 + 3 * fit.value, rtol=1e-8)


@pytest.mark.known_truth
def test_two_levels_give_the_two_means() -> None:
    rng = np.random.default_rng(2)
    biomarker = np.repeat([0.0, 7.0], [60, 90])
    scores = rng.normal(size=150)
    fit = fit_spline(biomarker, scores, 5, seed=0)
    np.testing.assert_allclose(fit.value, [0, 7])
    np.testing.assert_allclose(fit.estimate, [scores[:60].mean(), scores[60:].mean()])
    assert fit.critical_value == pytest.approx(2.236, abs=0.06)  # two independent means


@pytest.mark.known_truth
def test_few_values_give_their_means_and_an_analysis_of_variance() -> None:
    rng = np.random.default_rng(3)
    biomarker = rng.integers(0, 4, 200).astype(float)
    scores = rng.normal(size=200)
    fit = fit_spline(biomarker, scores, 5, seed=0)
    np.testing.assert_allclose(fit.estimate, [scores[biomarker == level].mean() for level in range(4)])


@pytest.mark.known_truth
def test_a_biomarker_that_most_patients_share_still_has_a_curve() -> None:
    rng = np.random.default_rng(9)
    biomarker = np.concatenate([np.zeros(392), np.arange(1.0, 9.0)])
    fit = fit_spline(biomarker, biomarker + 0.01 * rng.normal(size=400), 7, seed=0)
    assert fit.value[[0, -1]] == pytest.approx([0, 8])
    np.testing.assert_allclose(fit.estimate, fit.value, atol=0.05)


@pytest.mark.known_truth
def test_order_of_patients_and_units_do_not_matter() -> None:
    rng = np.random.default_rng(4)
    biomarker, scores = rng.normal(size=150), rng.normal(size=150)
    order = rng.permutation(150)
    plain = fit_spline(biomarker, scores, 4, seed=5)
    turned = fit_spline(100 + 1e4 * biomarker[order], 10 - 3 * scores[order], 4, seed=5)
    np.testing.assert_allclose(turned.value, 100 + 1e4 * plain.value, rtol=1e-9)
    np.testing.assert_allclose(turned.estimate, 10 - 3 * plain.estimate, rtol=1e-6, atol=1e-8)
    assert turned.critical_value == pytest.approx(plain.critical_value, rel=1e-6)
    np.testing.assert_allclose(turned.lower, 10 - 3 * plain.upper, rtol=1e-6, atol=1e-6)
    assert turned.p_value == pytest.approx(plain.p_value, rel=1e-6)


@pytest.mark.known_truth
def test_grid_stays_where_the_patients_are_and_knots_follow_the_rule() -> None:
    biomarker = np.arange(1000.0)
    fit = fit_spline(biomarker, np.random.default_rng(6).normal(size=1000), 5, seed=0)
    assert len(fit.value) == GRID
    assert fit.value[[0, -1]] == pytest.approx([24.975, 974.025])
    assert [knots_for(n) for n in (20, 49, 50, 99, 100, 349, 350, 9999)] == [4, 4, 5, 5, 7, 7, 9, 9]


@pytest.mark.known_truth
def test_band_holds_a_null_curve_as_often_as_it_says() -> None:
    covered = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        fit = fit_spline(rng.normal(size=200), rng.normal(size=200), 4, seed)
        covered += bool(np.all((fit.lower <= 0) & (fit.upper >= 0)))
    # Between the 0.05 % and 99.95 % points of 300 trials at 95 %.
    assert 270 <= covered <= 297


@pytest.mark.known_truth
def test_a_jump_is_drawn_as_a_slope_around_its_place() -> None:
    """Without noise the curve passes the middle of the jump and rounds it; the scores far away decide nothing."""
    biomarker = np.linspace(-1, 1, 801)
    fit = fit_spline(biomarker, 0.5 * (biomarker > 0), knots_for(400), seed=0)
    at_jump = np.interp([-0.1, 0.0, 0.1], fit.value, fit.estimate)
    assert at_jump[1] == pytest.approx(0.25, abs=0.01)
    assert 0.05 < at_jump[0] < 0.24
    assert 0.26 < at_jump[2] < 0.45
    away = np.abs(fit.value) > 0.5
    np.testing.assert_allclose(fit.estimate[away], 0.5 * (fit.value[away] > 0), atol=0.05)


@pytest.mark.known_truth
def test_close_knots_do_not_inflate_the_critical_value() -> None:
    """A long right tail packs the knots together; the supremum over a smooth curve stays near its usual size."""
    generator = np.random.default_rng(11)
    biomarker = np.round(np.exp(generator.normal(3, 1.4, 1_100)))
    scores = generator.normal(size=1_100) * np.where(biomarker > 100, 8, 1)
    fit = fit_spline(biomarker, scores, 9, seed=1)
    assert 2.3 < fit.critical_value < 3.6
