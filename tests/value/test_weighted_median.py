"""The weighted median by hand, its bootstrap error against repeated studies, and variants that mislead."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from ite.errors import ValuationError
from ite.value.mendelian_randomisation import Variants, variant_effect
from ite.value.weighted_median import median_effect, weighted_medians

_TRUE, _STRENGTH = 0.4, 0.2


def _study(rng: np.random.Generator, count: int, *, invalid: int = 0, se: float = 0.02) -> Variants:
    """Equally strong variants; the first of them act by another way too."""
    x, s = np.full(count, _STRENGTH), np.full(count, se)
    y = _TRUE * x + s * rng.standard_normal(count) + np.where(np.arange(count) < invalid, 0.2, 0.0)
    return Variants(exposure=tuple(x), outcome=tuple(y), outcome_se=tuple(s))


@pytest.mark.known_truth
def test_the_median_by_hand() -> None:
    # Half of the weight 4 lies a third of the way from the second ratio (1.5 below) to the third (3 below).
    assert weighted_medians(np.array([[3.0, 1.0, 2.0]]), np.array([2.0, 1.0, 1.0]))[0] == pytest.approx(2 + 1 / 3)
    ratios = np.random.default_rng(1).normal(size=(5, 8))
    np.testing.assert_allclose(weighted_medians(ratios, np.ones(8)), np.median(ratios, axis=1))
    single = median_effect(Variants(exposure=(-0.1,), outcome=(0.03,), outcome_se=(0.01,)), seed=1, draws=20_000)
    assert single.estimate == pytest.approx(-0.3)
    assert single.se == pytest.approx(0.1, abs=4 * single.se_error)


@pytest.mark.known_truth
def test_the_bootstrap_error_is_that_of_repeated_studies_and_a_seventh_more() -> None:
    rng, studies = np.random.default_rng(7), 400
    found = [median_effect(_study(rng, 101), seed=seed, draws=200) for seed in range(studies)]
    scatter = np.std([each.estimate for each in found], ddof=1)
    ratio = np.mean([each.se for each in found]) / scatter
    # The scatter of 400 studies has a relative error of 1 / sqrt(800); the limit holds for many variants.
    assert ratio == pytest.approx(math.sqrt(4 / 3), rel=4 / math.sqrt(2 * studies))
    assert ratio > 1.0


@pytest.mark.known_truth
@pytest.mark.parametrize("se", [0.02, 0.0005])
def test_two_fifths_of_the_variants_may_mislead(se: float) -> None:
    rng, studies = np.random.default_rng(11), 200
    studied = [_study(rng, 50, invalid=20, se=se) for _ in range(studies)]
    found = np.array([median_effect(each, seed=1, draws=2).estimate for each in studied])
    # Half of all 50 are five sixths of the 30 valid ones: the bias is that quantile, and goes with the errors.
    bias = norm.ppf(5 / 6) * se / _STRENGTH
    assert found.mean() - _TRUE == pytest.approx(bias, rel=0.1, abs=4 * found.std() / math.sqrt(studies))
    misled = np.array([variant_effect(each).estimate for each in studied])
    assert misled.mean() == pytest.approx(_TRUE + 0.4 * 0.2 / _STRENGTH, abs=0.01)


@pytest.mark.independent
def test_errors_of_the_exposure_widen_as_the_delta_method_says() -> None:
    spec = Variants(exposure=(0.5,), outcome=(0.4,), outcome_se=(0.01,), exposure_se=(0.02,))
    found = median_effect(spec, seed=3, draws=50_000)
    delta = math.sqrt(0.01**2 + (0.8 * 0.02) ** 2) / 0.5
    assert found.se == pytest.approx(delta, rel=0.02)


@pytest.mark.known_truth
def test_draws_are_those_of_the_seed_and_lists_of_other_length_are_refused() -> None:
    spec = _study(np.random.default_rng(1), 5)
    assert median_effect(spec, seed=4).se == median_effect(spec, seed=4).se
    assert median_effect(spec, seed=4).se != median_effect(spec, seed=5).se
    with pytest.raises(ValuationError, match="each of the 5 variants, but 2 were given"):
        median_effect(spec.model_copy(update={"exposure_se": (0.1, 0.1)}), seed=1)
