"""The ratio of an instrument's two effects, its intervals, and many instruments at once."""

import math
from itertools import pairwise

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from scipy.special import ndtri

from ite.errors import ValuationError
from ite.value.mendelian_randomisation import Variants, variant_effect
from ite.value.wald_ratio import Instrument, wald_ratio


def _rejected(spec: Instrument, ratio: float) -> bool:
    """Test one ratio as Anderson and Rubin do."""
    variance = spec.reduced_form_se**2 - 2 * ratio * spec.covariance + ratio**2 * spec.first_stage_se**2
    z = (spec.reduced_form - ratio * spec.first_stage) / math.sqrt(variance)
    return bool(2 * stats.norm.sf(abs(z)) < 1 - spec.confidence)


@pytest.mark.independent
@pytest.mark.parametrize(
    ("reduced_form", "first_stage", "covariance", "shape"),
    [
        (-2.0, 1.0, 0.0, "interval"),
        (0.4, 0.9, 0.05, "interval"),
        (2.0, 0.3, 0.0, "outside an interval"),
        (-2.0, 0.3, -0.05, "outside an interval"),
        (0.2, 0.1, 0.0, "every value"),
        (0.0, 0.0, 0.0, "every value"),
    ],
)
def test_the_accepted_set_holds_what_the_test_does_not_reject(
    reduced_form: float, first_stage: float, covariance: float, shape: str
) -> None:
    spec = Instrument(
        reduced_form=reduced_form,
        reduced_form_se=0.5,
        first_stage=first_stage,
        first_stage_se=0.2,
        covariance=covariance,
    )
    found = wald_ratio(spec)
    assert found.shape == shape
    for ratio in np.linspace(-60, 60, 2401):
        inside = any(piece.lower <= ratio <= piece.upper for piece in found.accepted)
        assert inside == (not _rejected(spec, float(ratio)))
    limits = [limit for piece in found.accepted for limit in piece if math.isfinite(limit)]
    for limit in limits:
        assert _rejected(spec, limit - 1e-6) != _rejected(spec, limit + 1e-6)
    assert all(one < other for one, other in pairwise(limits))


@pytest.mark.known_truth
def test_a_first_stage_on_the_verge_leaves_half_a_line() -> None:
    z = float(ndtri(0.975))
    found = wald_ratio(Instrument(reduced_form=3.0, reduced_form_se=1.0, first_stage=z, first_stage_se=1.0))
    assert found.shape == "half-line"
    # z^2 x^2 cancels: 9 - 6 z x <= z^2.
    assert found.accepted[0] == pytest.approx(((9 - z**2) / (6 * z), math.inf))
    flat = wald_ratio(Instrument(reduced_form=0.0, reduced_form_se=1.0, first_stage=z, first_stage_se=1.0))
    assert flat.shape == "every value"


@pytest.mark.known_truth
def test_the_set_covers_where_the_instrument_is_weak_and_the_delta_interval_does_not() -> None:
    rng, trials, truth = np.random.default_rng(11), 3000, 1.0
    # Errors of the two effects go together, as where an unmeasured cause drives treatment and outcome.
    noise = rng.multivariate_normal([0, 0], [[1.0, 0.95], [0.95, 1.0]], trials)
    covered = np.zeros((trials, 2))
    for row, (outcome, treatment) in enumerate(noise):
        found = wald_ratio(
            Instrument(
                reduced_form=truth * 0.5 + outcome,
                reduced_form_se=1.0,
                first_stage=0.5 + treatment,
                first_stage_se=1.0,
                covariance=0.95,
            )
        )
        assert found.delta is not None
        covered[row] = (
            any(low <= truth <= high for low, high in found.accepted),
            (found.delta.lower <= truth <= found.delta.upper),
        )
    sets, delta = covered.sum(axis=0)
    assert stats.binomtest(int(sets), trials, 0.95).pvalue > 0.001
    assert stats.binomtest(int(delta), trials, 0.95).pvalue < 0.001


@pytest.mark.independent
def test_strong_instruments_have_nearly_equal_intervals() -> None:
    found = wald_ratio(Instrument(reduced_form=2.0, reduced_form_se=0.1, first_stage=1.0, first_stage_se=0.001))
    assert found.delta is not None
    np.testing.assert_allclose(found.accepted[0], found.delta, rtol=1e-3)
    assert found.first_stage_f == pytest.approx(1e6)
    assert not found.weak
    draws = np.random.default_rng(1).normal(2.0, 0.1, 200_000) / np.random.default_rng(2).normal(1.0, 0.001, 200_000)
    assert found.se_delta == pytest.approx(draws.std(), rel=0.01)


@pytest.mark.known_truth
def test_impossible_instruments_are_refused() -> None:
    with pytest.raises(ValuationError, match="Standard error of the effect on the outcome should be at least 0"):
        Instrument(reduced_form=1, reduced_form_se=-1, first_stage=1)
    with pytest.raises(ValuationError, match=r"The nearest possible value is -0\.1"):
        wald_ratio(Instrument(reduced_form=1, reduced_form_se=0.5, first_stage=1, first_stage_se=0.2, covariance=-0.3))
    assert wald_ratio(Instrument(reduced_form=1, reduced_form_se=0.5, first_stage=0)).effect is None


@pytest.mark.independent
def test_variants_equal_weighted_least_squares_through_the_origin() -> None:
    rng = np.random.default_rng(3)
    x, s = rng.uniform(0.05, 0.3, 12), rng.uniform(0.005, 0.02, 12)
    y = 0.4 * x + 2 * s * rng.standard_normal(12)
    found = variant_effect(Variants(exposure=tuple(x), outcome=tuple(y), outcome_se=tuple(s)))
    fit = sm.WLS(y, x, weights=1 / s**2).fit()
    assert found.estimate == pytest.approx(fit.params[0])
    assert found.se == pytest.approx(fit.bse[0] / math.sqrt(fit.scale))
    assert found.heterogeneity == pytest.approx(fit.scale * 11)
    assert found.se_random == pytest.approx(fit.bse[0])
    assert found.heterogeneity_p == pytest.approx(stats.chi2.sf(fit.scale * 11, 11))
    for left_out in range(12):
        others = np.arange(12) != left_out
        again = sm.WLS(y[others], x[others], weights=1 / s[others] ** 2).fit()
        assert found.variants["without"].iloc[left_out] == pytest.approx(again.params[0])
        assert found.variants["without_se"].iloc[left_out] == pytest.approx(again.bse[0] / math.sqrt(again.scale))


@pytest.mark.known_truth
def test_one_variant_is_its_own_ratio_and_impossible_ones_are_refused() -> None:
    single = variant_effect(Variants(exposure=(-0.1,), outcome=(0.03,), outcome_se=(0.01,)))
    assert (single.estimate, single.se) == pytest.approx((-0.3, 0.1))
    assert single.heterogeneity_p is None
    assert math.isnan(single.variants["without"].iloc[0])
    with pytest.raises(ValuationError, match="variant 2 has an association of 0"):
        variant_effect(Variants(exposure=(0.1, 0.0), outcome=(0.1, 0.1), outcome_se=(0.1, 0.1)))
    with pytest.raises(ValuationError, match="each of the 2 variants, but 1 were given"):
        variant_effect(Variants(exposure=(0.1, 0.2), outcome=(0.1,), outcome_se=(0.1, 0.1)))
    with pytest.raises(ValuationError, match="should be greater than 0"):
        Variants(exposure=(0.1,), outcome=(0.1,), outcome_se=(0.0,))
