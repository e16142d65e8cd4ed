import numpy as np
import pytest
from scipy.stats import multivariate_normal

from ite.design.alternatives.one_factor import all_rejected, dunnett_critical_value, none_rejected
from ite.design.alternatives.shared_control import (
    SharedControl,
    critical_value,
    shared_control_characteristics,
    shared_control_size,
)
from ite.errors import DesignError

SPEC = SharedControl(n_total=600, effects=(0.35, 0.25, 0.0))


@pytest.mark.independent
@pytest.mark.parametrize("from_control", [0.2, 0.5, 0.8])
def test_joint_probabilities_equal_the_multivariate_normal(from_control: float) -> None:
    mean, count = np.array([2.5, 0.3, -1.0]), 3
    covariance = np.full((count, count), from_control) + (1 - from_control) * np.eye(count)
    below = multivariate_normal(mean, covariance, maxpts=2_000_000, abseps=1e-8).cdf([2.1] * count)
    above = multivariate_normal(-mean, covariance, maxpts=2_000_000, abseps=1e-8).cdf([-2.1] * count)
    assert none_rejected(mean, 2.1, from_control) == pytest.approx(below, abs=1e-6)
    assert all_rejected(mean, 2.1, from_control) == pytest.approx(above, abs=1e-6)


@pytest.mark.known_truth
def test_critical_values_equal_the_published_ones() -> None:
    """Dunnett 1955, one-sided 5 %, equal arms, infinitely many degrees of freedom."""
    for comparisons, published in ((1, 1.64), (2, 1.92), (3, 2.06), (5, 2.23), (9, 2.42)):
        assert dunnett_critical_value(comparisons, 0.05, 0.5) == pytest.approx(published, abs=0.006)


@pytest.mark.known_truth
def test_powers_are_those_of_simulated_arm_means() -> None:
    result, trials, rng = shared_control_characteristics(SPEC), 200_000, np.random.default_rng(12)
    n_arm = result.arms["n"].to_numpy()
    treated = rng.standard_normal((trials, 3)) / np.sqrt(n_arm) + np.array(SPEC.effects)
    control = rng.standard_normal((trials, 1)) / np.sqrt(result.n_control)
    significant = (treated - control) / np.sqrt(1 / n_arm + 1 / result.n_control) > result.critical
    tolerance = 4 * np.sqrt(0.25 / trials)
    np.testing.assert_allclose(significant.mean(axis=0), result.arms["power"], atol=tolerance)
    assert significant.any(axis=1).mean() == pytest.approx(result.power_any, abs=tolerance)
    assert significant.all(axis=1).mean() == pytest.approx(result.power_all, abs=tolerance)
    assert result.n_control + n_arm.sum() == pytest.approx(600)


@pytest.mark.known_truth
@pytest.mark.parametrize("arms", [1, 2, 5, 12])
def test_family_wise_error_with_and_without_adjustment(arms: int) -> None:
    errors = {}
    for adjustment in ("none", "bonferroni", "dunnett"):
        spec = SharedControl(n_total=300, effects=(0.2,) * arms, adjustment=adjustment)
        errors[adjustment] = shared_control_characteristics(spec).family_wise_error
    assert errors["dunnett"] == pytest.approx(0.025, abs=1e-9)
    assert errors["bonferroni"] <= errors["dunnett"] + 1e-9
    assert errors["none"] == pytest.approx(0.025) if arms == 1 else errors["none"] > 0.03
    result = shared_control_characteristics(SharedControl(n_total=300, effects=(0.2,) * arms))
    assert result.family_wise_error_unadjusted == pytest.approx(errors["none"])


@pytest.mark.known_truth
@pytest.mark.parametrize("arms", [2, 4, 9])
def test_the_square_root_of_the_arms_is_the_best_allocation_of_a_comparison(arms: int) -> None:
    def power(allocation: float | str) -> float:
        spec = SharedControl(n_total=400, effects=(0.3,) * arms, adjustment="none", allocation=allocation)
        return float(shared_control_characteristics(spec).arms["power"].iloc[0])

    assert power("sqrt") == pytest.approx(power(np.sqrt(arms)))
    assert power("sqrt") > max(power(0.9 * np.sqrt(arms)), power(1.1 * np.sqrt(arms)), power("equal"))


@pytest.mark.known_truth
def test_sharing_beats_separate_trials() -> None:
    arms = shared_control_characteristics(SPEC).arms.iloc[:2]
    assert (arms["power"] > arms["power_separate"]).all()


@pytest.mark.known_truth
def test_screening_lasts_until_the_rarest_arm_is_full() -> None:
    umbrella = SPEC.model_copy(update={"prevalences": (0.2, 0.05, 0.15)})
    result = shared_control_characteristics(umbrella)
    assert result.eligible == pytest.approx(0.4)
    np.testing.assert_allclose(result.arms["screened"], 200 / np.array([0.2, 0.05, 0.15]))
    assert result.screened == pytest.approx(4000)
    assert shared_control_characteristics(SPEC).screened == pytest.approx(600)


@pytest.mark.known_truth
@pytest.mark.parametrize("criterion", ["each", "any", "all"])
def test_the_size_gives_the_power(criterion: str) -> None:
    spec = SharedControl(n_total=4, effects=(0.35, 0.25), adjustment="bonferroni")
    size = shared_control_size(spec, 0.85, criterion)
    result = shared_control_characteristics(spec.model_copy(update={"n_total": size}))
    reached = {"each": result.arms["power"].min(), "any": result.power_any, "all": result.power_all}
    assert reached[criterion] == pytest.approx(0.85)


@pytest.mark.known_truth
def test_one_comparison_has_the_critical_value_of_one_test() -> None:
    for adjustment in ("none", "bonferroni", "dunnett"):
        assert critical_value(SharedControl(n_total=100, effects=(0.2,), adjustment=adjustment)) == pytest.approx(
            1.959964
        )


@pytest.mark.known_truth
def test_impossible_trials_are_refused() -> None:
    with pytest.raises(DesignError, match="add up to at most 1"):
        shared_control_characteristics(SPEC.model_copy(update={"prevalences": (0.5, 0.4, 0.3)}))
    with pytest.raises(DesignError, match="found 2"):
        shared_control_characteristics(SPEC.model_copy(update={"prevalences": (0.5, 0.4)}))
    with pytest.raises(DesignError, match="Choose one in between"):
        shared_control_size(SPEC, 0.9, "each")
