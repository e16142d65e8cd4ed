"""Egger's regression against statsmodels, and on variants that act by another way too."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.egger_regression import egger_effect
from ite.value.mendelian_randomisation import Variants, variant_effect


def _variants(seed: int, *, count: int = 25, other_way: float = 0.0, scatter: float = 0.0) -> Variants:
    """Effect 0.4 per unit; each variant acts by another way by `other_way` on average."""
    rng = np.random.default_rng(seed)
    x, s = rng.uniform(0.05, 0.3, count), rng.uniform(0.005, 0.02, count)
    y = 0.4 * x + other_way + scatter * rng.standard_normal(count) + s * rng.standard_normal(count)
    return Variants(exposure=tuple(x), outcome=tuple(y), outcome_se=tuple(s))


@pytest.mark.independent
@pytest.mark.parametrize("scatter", [0.0, 0.03])
def test_slope_and_intercept_are_those_of_weighted_least_squares(scatter: float) -> None:
    spec = _variants(3, scatter=scatter, other_way=0.02)
    x, y, s = (np.array(values) for values in (spec.exposure, spec.outcome, spec.outcome_se))
    fit = sm.WLS(y, sm.add_constant(x), weights=1 / s**2).fit()
    found = egger_effect(spec)
    enlarged = math.sqrt(max(fit.scale, 1.0) / fit.scale)
    assert (found.intercept, found.estimate) == pytest.approx(tuple(fit.params))
    assert (found.intercept_se, found.se) == pytest.approx(tuple(fit.bse * enlarged))
    assert found.heterogeneity == pytest.approx(fit.scale * fit.df_resid)
    assert found.heterogeneity_p == pytest.approx(stats.chi2.sf(fit.scale * fit.df_resid, fit.df_resid))
    if fit.scale > 1:
        assert (found.lower, found.upper) == pytest.approx(tuple(fit.conf_int()[1]))
        assert found.intercept_p == pytest.approx(fit.pvalues[0])


@pytest.mark.known_truth
def test_the_coding_of_an_allele_does_not_matter() -> None:
    spec = _variants(5, other_way=0.02)
    turn: FloatArray = np.where(np.arange(25) % 3 == 0, -1.0, 1.0)
    turned = spec.model_copy(update={name: tuple(turn * getattr(spec, name)) for name in ("exposure", "outcome")})
    one, other = egger_effect(spec), egger_effect(turned)
    assert (one.estimate, one.intercept, one.se) == pytest.approx((other.estimate, other.intercept, other.se))


@pytest.mark.known_truth
def test_what_variants_do_by_another_way_goes_to_the_intercept() -> None:
    trials = 400
    found = [egger_effect(_variants(seed, other_way=0.03, scatter=0.01)) for seed in range(trials)]
    estimates = np.array([each.estimate for each in found])
    assert estimates.mean() == pytest.approx(0.4, abs=4 * estimates.std() / math.sqrt(trials))
    intercepts = np.array([each.intercept for each in found])
    assert intercepts.mean() == pytest.approx(0.03, abs=4 * intercepts.std() / math.sqrt(trials))
    covered = np.mean([each.lower <= 0.4 <= each.upper for each in found])
    assert covered == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / trials))
    assert variant_effect(found[0].spec).lower > 0.4  # the weighted mean is misled


@pytest.mark.known_truth
def test_too_few_or_equally_strong_variants_are_refused() -> None:
    for exposure in ((0.1, 0.2), (0.1, -0.1, 0.1)):
        own = Variants(exposure=exposure, outcome=exposure, outcome_se=(0.01,) * len(exposure))
        with pytest.raises(ValuationError, match="at least 3 variants that differ"):
            egger_effect(own)
