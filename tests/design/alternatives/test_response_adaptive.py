import numpy as np
import pytest
from scipy import stats

from ite.design.alternatives.response_adaptive import ResponseAdaptive, compare_response_adaptive
from ite.errors import DesignError

SPEC = ResponseAdaptive(n_total=120, rate_control=0.3, rate_treatment=0.55, trend=0.3, trials=4_000, seed=5)
FIGURES = compare_response_adaptive(SPEC).figures


@pytest.mark.independent
def test_one_to_one_has_the_exact_power_of_two_binomials() -> None:
    control, treated = np.meshgrid(np.arange(61), np.arange(61), indexing="ij")
    pooled = (control + treated) / 120
    significant = (treated - control) / 60 > 1.959964 * np.sqrt(pooled * (1 - pooled) * 2 / 60)
    for truth, rate in (("effect", 0.55), ("no effect", 0.3)):
        probability = stats.binom.pmf(control, 60, 0.3) * stats.binom.pmf(treated, 60, rate)
        row = FIGURES.loc["1:1", truth]
        expected = probability[significant].sum()
        # the error of a rate at its expected value: the estimated one shrinks with a low rate
        assert row["rejected"] == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / SPEC.trials))


@pytest.mark.known_truth
def test_more_patients_get_the_better_arm_and_power_is_the_price() -> None:
    adaptive, equal = FIGURES.loc["response-adaptive", "effect"], FIGURES.loc["1:1", "effect"]
    assert equal["on_better"] == 0.5
    assert adaptive["on_better"] > 0.6
    assert adaptive["responders"] > equal["responders"] + 4 * adaptive["responders_se"]
    assert adaptive["rejected"] < equal["rejected"] - 4 * adaptive["rejected_se"]
    assert adaptive["mostly_on_worse"] > 0
    assert compare_response_adaptive(SPEC).equal_power_share < 0.9


@pytest.mark.known_truth
def test_a_time_trend_inflates_the_error_of_the_adaptive_design_only() -> None:
    adaptive, equal = (FIGURES.loc[design, "no effect, with trend"] for design in ("response-adaptive", "1:1"))
    assert adaptive["rejected"] > 0.025 + 4 * adaptive["rejected_se"]
    assert equal["rejected"] < 0.03 + 3 * equal["rejected_se"]


@pytest.mark.known_truth
def test_without_effect_no_arm_is_better() -> None:
    row = FIGURES.loc["response-adaptive", "no effect"]
    assert np.isnan(row["on_better"])
    assert np.isnan(row["mostly_on_worse"])
    assert row["bias"] == pytest.approx(0.0, abs=4 * row["bias_se"])


@pytest.mark.known_truth
def test_without_trend_there_are_two_truths_and_the_seed_decides() -> None:
    still = SPEC.model_copy(update={"trend": 0.0, "trials": 200})
    first, again = (compare_response_adaptive(still).figures for _ in range(2))
    assert list(first.loc["1:1"].index) == ["effect", "no effect"]
    assert first.equals(again)


@pytest.mark.known_truth
def test_the_better_arm_may_be_control() -> None:
    harm = SPEC.model_copy(update={"rate_control": 0.6, "rate_treatment": 0.3, "trend": 0.0})
    result = compare_response_adaptive(harm)
    assert result.figures.loc[("response-adaptive", "effect"), "on_better"] > 0.6
    assert np.isnan(result.equal_power_share)


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"n_total": 121}, "nearest possible number is 122"),
        ({"block": 5}, "nearest possible number is 6"),
        ({"burn_in": 60}, "nearest possible number is 59"),
        ({"trend": 0.5}, r"between -0\.3 and 0\.45; found 0\.5"),
    ],
)
def test_impossible_settings_are_refused(change: dict[str, float], sentence: str) -> None:
    with pytest.raises(DesignError, match=sentence):
        compare_response_adaptive(SPEC.model_copy(update=change))
