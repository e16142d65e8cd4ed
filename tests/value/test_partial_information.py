"""Value of learning one input, by splines, against closed forms."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from ite.errors import ValuationError
from ite.value.normal_benefit import preposterior_sd, value_of_resolving
from ite.value.partial_information import value_of_each_input, value_of_input, value_of_study
from ite.value.smooth import conditional_means
from ite.value.uncertain_choice import uncertain_choice
from tests.value.uncertain import adopt_or_not

DRAWS = 20_000


@pytest.mark.known_truth
@pytest.mark.parametrize("seed", [1, 2])
def test_normal_components_meet_the_closed_form(seed: int) -> None:
    rng = np.random.default_rng(seed)
    sd = {"first": 1500.0, "second": 1322.8756555323}
    parts = {name: rng.normal(0, spread, DRAWS) for name, spread in sd.items()}
    benefit = adopt_or_not(1000 + parts["first"] + parts["second"])
    for name, spread in sd.items():
        found = value_of_input(benefit, {name: parts[name]})
        assert found.value == pytest.approx(float(value_of_resolving(1000, spread)), abs=4 * found.se)
    both = value_of_input(benefit, parts)
    assert both.value == pytest.approx(uncertain_choice(benefit).perfect_information, rel=0.01)
    assert value_of_each_input(benefit, parts)["input"].tolist() == ["first", "second"]


@pytest.mark.known_truth
def test_a_curved_effect_is_followed() -> None:
    rng = np.random.default_rng(3)
    x = rng.normal(size=DRAWS)
    cut = 1.2
    found = value_of_input(adopt_or_not(x**2 - cut + rng.normal(0, 3, DRAWS)), {"x": x})
    root = math.sqrt(cut)
    expected = 2 * ((1 - cut) * norm.sf(root) + root * norm.pdf(root))  # E max(x^2 - cut, 0), and the mean is below 0
    assert found.value == pytest.approx(expected, abs=4 * found.se)


@pytest.mark.known_truth
def test_two_inputs_that_matter_only_together() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.normal(size=(2, DRAWS))
    benefit = adopt_or_not(x * y + rng.normal(0, 1, DRAWS))
    found = value_of_input(benefit, {"x": x, "y": y})
    assert found.value == pytest.approx(1 / math.pi, abs=4 * found.se + 0.01)  # E max(xy, 0)
    assert value_of_input(benefit, {"x": x}).value < 0.05


@pytest.mark.known_truth
def test_a_switch_has_a_mean_for_each_of_its_values() -> None:
    rng = np.random.default_rng(5)
    switch = rng.integers(0, 2, DRAWS).astype(float)
    found = value_of_input(adopt_or_not(np.where(switch == 1, 2.0, -3.0) + rng.normal(0, 2, DRAWS)), {"switch": switch})
    assert found.value == pytest.approx(1.0, abs=4 * found.se)


@pytest.mark.known_truth
def test_the_standard_error_is_the_spread_over_repetitions() -> None:
    rng = np.random.default_rng(6)
    values, errors = [], []
    for _ in range(200):
        x, rest = rng.normal(0, 1500, 1000), rng.normal(0, 1300, 1000)
        found = value_of_input(adopt_or_not(1000 + x + rest), {"x": x})
        values.append(found.value)
        errors.append(found.se)
    assert np.std(values) == pytest.approx(np.mean(errors), rel=4 / math.sqrt(2 * 200))
    assert np.mean(values) == pytest.approx(float(value_of_resolving(1000, 1500)), abs=4 * np.std(values) / 200**0.5)


@pytest.mark.known_truth
def test_part_is_never_worth_more_than_all() -> None:
    rng = np.random.default_rng(7)
    for _ in range(20):
        inputs = {"a": rng.normal(size=1000), "b": rng.gamma(2, 1, 1000)}
        benefit = np.column_stack([inputs["a"] * k + inputs["b"] ** k + rng.normal(size=1000) for k in range(4)])
        whole = uncertain_choice(benefit).perfect_information
        for name, values in inputs.items():
            found = value_of_input(benefit, {name: values})
            assert 0 <= found.value <= whole + 3 * found.se


@pytest.mark.known_truth
def test_a_study_meets_the_preposterior_closed_form_and_grows_to_perfect_information() -> None:
    rng = np.random.default_rng(8)
    mean = rng.normal(1000, 2000, DRAWS)
    learnt = value_of_input(adopt_or_not(mean), {"net benefit": mean})
    sizes = [0, 10, 100, 1000, 1e9]
    found = value_of_study(learnt, prior_sd=2000, patient_sd=12_000, patients=sizes)
    expected = [float(value_of_resolving(1000, preposterior_sd(2000, 12_000, size))) for size in sizes]
    assert (abs(found["value"] - expected) <= 4 * found["se"] + 1e-9).all()
    assert (np.diff(found["value"]) > 0).all()
    assert found["value"].iloc[-1] == pytest.approx(learnt.value, rel=1e-6)


@pytest.mark.independent
def test_the_smooth_keeps_straight_lines_and_means() -> None:
    x = np.random.default_rng(9).normal(size=500)
    outcomes = np.column_stack([3 * x - 2, np.full(500, 7.0)])
    np.testing.assert_allclose(conditional_means(x[:, None], outcomes), outcomes, atol=1e-4)


@pytest.mark.known_truth
def test_inputs_that_cannot_be_learnt_are_refused() -> None:
    rng = np.random.default_rng(10)
    benefit = adopt_or_not(rng.normal(size=200))
    column = rng.normal(size=200)
    with pytest.raises(ValuationError, match="two at most"):
        value_of_input(benefit, {"a": column, "b": column, "c": column})
    with pytest.raises(ValuationError, match="not all equal"):
        value_of_input(benefit, {"a": np.ones(200)})
    with pytest.raises(ValuationError, match="at least 100 draws"):
        value_of_input(benefit[:50], {"a": column[:50]})
    with pytest.raises(ValuationError, match="nothing to learn"):
        value_of_study(value_of_input(benefit, {"a": column}), prior_sd=0, patient_sd=1, patients=10)
