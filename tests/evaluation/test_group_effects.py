import numpy as np
import pytest
import statsmodels.api as sm

from ite.evaluation.group_effects import group_effects, top_minus_bottom


@pytest.mark.independent
def test_equals_a_regression_on_group_indicators() -> None:
    rng = np.random.default_rng(5)
    scores, prediction = rng.normal(size=60), rng.permutation(60)
    effects = group_effects(scores, prediction, 4)
    for group in range(4):
        members = scores[(prediction >= 15 * group) & (prediction < 15 * (group + 1))]
        fit = sm.OLS(members, np.ones(15)).fit()
        assert effects["estimate"][group] == pytest.approx(fit.params[0])
        assert effects["se"][group] == pytest.approx(fit.bse[0])
    contrast = top_minus_bottom(effects)
    assert contrast.estimate == pytest.approx(effects["estimate"][3] - effects["estimate"][0])
    assert contrast.se**2 == pytest.approx(effects["se"][3] ** 2 + effects["se"][0] ** 2)


@pytest.mark.known_truth
def test_sizes_differ_by_at_most_one_and_all_patients_are_in() -> None:
    effects = group_effects(np.arange(23.0), np.arange(23.0), 5)
    assert effects["n"].sum() == 23
    assert effects["n"].max() - effects["n"].min() <= 1
    assert effects["estimate"].is_monotonic_increasing


@pytest.mark.known_truth
def test_too_few_patients_are_refused() -> None:
    with pytest.raises(ValueError, match="5 groups need at least 10 patients, not 9"):
        group_effects(np.zeros(9), np.zeros(9), 5)
