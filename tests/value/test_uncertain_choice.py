"""Draws of net benefit: acceptability, expected loss, value of perfect information, and the plane."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from ite.errors import ValuationError
from ite.trial.columns import FloatArray
from ite.value.draws import Draws
from ite.value.normal_benefit import NormalIncrements, value_of_resolving
from ite.value.plane import plane
from ite.value.uncertain_choice import decision_curves, uncertain_choice
from tests.value.uncertain import adopt_or_not, drawn

benefits = arrays(
    np.float64, array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=8), elements=st.integers(-5, 5).map(float)
)


@pytest.mark.known_truth
@given(benefits, st.floats(0.1, 100))
def test_probabilities_add_up_and_the_least_loss_is_the_value_of_information(benefit: FloatArray, unit: float) -> None:
    found = uncertain_choice(benefit)
    assert found.probability.sum() == pytest.approx(1)
    assert found.perfect_information >= 0
    assert found.perfect_information == pytest.approx(found.expected_loss.min(), abs=1e-12)
    assert found.perfect_information == pytest.approx(benefit.max(axis=1).mean() - benefit.mean(axis=0).max())
    again = uncertain_choice(
        unit * benefit + np.arange(len(benefit))[:, None]
    )  # a shift of whole draws changes nothing
    assert again.perfect_information == pytest.approx(unit * found.perfect_information, abs=1e-9)


@pytest.mark.independent
@given(benefits)
def test_the_first_of_equals_wins(benefit: FloatArray) -> None:
    found = uncertain_choice(benefit)
    winners = np.bincount(benefit.argmax(axis=1), minlength=benefit.shape[1])
    np.testing.assert_allclose(found.probability, winners / len(benefit))
    assert found.best == benefit.mean(axis=0).argmax()


@pytest.mark.known_truth
def test_normal_draws_meet_the_closed_form_within_their_error() -> None:
    assumed = NormalIncrements(
        mean_delta_effect=0.1, mean_delta_cost=3000, sd_delta_effect=0.08, sd_delta_cost=1500, correlation=0.3
    )
    rng = np.random.default_rng(4)
    covariance = 0.3 * 0.08 * 1500
    increments = rng.multivariate_normal([0.1, 3000], [[0.08**2, covariance], [covariance, 1500**2]], 40_000)
    draws = Draws(
        effect=adopt_or_not(increments[:, 0]), cost=adopt_or_not(increments[:, 1]), strategies=("usual", "new")
    )
    thresholds = [0, 20_000, 30_000, 50_000, 100_000]
    curves, expected = decision_curves(draws, thresholds), assumed.decision_curve(thresholds)
    new = curves[curves["strategy"] == "new"].reset_index(drop=True)
    assert (abs(new["probability"] - expected["probability"]) < 4 * new["probability_se"]).all()
    assert (abs(new["net_benefit"] - expected["net_monetary_benefit"]) < 4 * new["net_benefit_se"]).all()
    value = curves.groupby("willingness_to_pay")[["expected_loss", "expected_loss_se"]].min()
    assert (abs(value["expected_loss"].to_numpy() - expected["evpi"]) < 0.03 * expected["evpi"] + 5).all()
    assert curves.groupby("willingness_to_pay")["best"].sum().eq(1).all()


@pytest.mark.known_truth
def test_the_error_of_the_value_of_information_is_its_spread_over_repetitions() -> None:
    rng = np.random.default_rng(5)
    found = [uncertain_choice(adopt_or_not(rng.normal(1000, 2000, 500))) for _ in range(400)]
    values = np.array([choice.perfect_information for choice in found])
    errors = np.array([choice.perfect_information_se for choice in found])
    assert values.std() == pytest.approx(errors.mean(), rel=4 / np.sqrt(2 * 400))
    assert values.mean() == pytest.approx(float(value_of_resolving(1000, 2000)), abs=4 * values.std() / 20)


@pytest.mark.independent
def test_curves_are_the_choice_at_each_threshold() -> None:
    draws = drawn()
    curves = decision_curves(draws, [10_000, 40_000]).set_index(["willingness_to_pay", "strategy"])
    choice = uncertain_choice(draws.everybody.net_benefit(40_000)[:, :, 0])
    at = curves.loc[40_000]
    np.testing.assert_allclose(at["expected_loss"], choice.expected_loss)
    np.testing.assert_allclose(at["net_benefit_se"], choice.expected_se)
    one = decision_curves(draws.of_group("group 1"), [40_000])
    np.testing.assert_allclose(one["net_benefit"], draws.net_benefit(40_000)[:, :, 1].mean(axis=0))


@pytest.mark.independent
def test_the_plane_holds_every_draw_in_one_quadrant() -> None:
    draws = drawn()
    found = plane(draws, "B", "A", 20_000)
    assert found.quadrants["share"].sum() == pytest.approx(1)
    assert len(found.points) == 2000
    benefit = draws.net_benefit(20_000) @ draws.weights
    extra = benefit[:, 1] - benefit[:, 0]
    assert found.mean["net_monetary_benefit"] == pytest.approx(extra.mean())
    assert found.mean["net_monetary_benefit_se"] == pytest.approx(extra.std(ddof=1) / np.sqrt(4000))
    assert found.probability == pytest.approx((extra > 0).mean())
    increments = (draws.cost[:, 1] - draws.cost[:, 0]) @ draws.weights
    gains = (draws.effect[:, 1] - draws.effect[:, 0]) @ draws.weights
    shares = found.quadrants.set_index("quadrant")["share"]
    assert shares["NE"] == pytest.approx(((increments > 0) & (gains > 0)).mean())
    assert shares["SW"] == pytest.approx(((increments < 0) & (gains < 0)).mean())


@pytest.mark.known_truth
def test_draws_that_are_none_are_refused() -> None:
    whole = drawn(10)
    with pytest.raises(ValuationError, match="In the same proportions"):
        replace(whole, share=np.array([0.5, 0.6]))
    with pytest.raises(ValuationError, match="finite"):
        replace(whole, cost=whole.cost * np.nan)
    with pytest.raises(ValuationError, match="at least 2 draws"):
        replace(whole, cost=whole.cost[:1], effect=whole.effect[:1])
    with pytest.raises(ValuationError, match="one of A, B, C"):
        plane(whole, "B", "Z", 1000)
    with pytest.raises(ValuationError, match="0 or more"):
        decision_curves(whole, [-1])
    with pytest.raises(ValuationError, match="at least 2 draws"):
        uncertain_choice([[1.0, 2.0]])
    with pytest.raises(ValuationError, match="2 of 1 were given"):
        uncertain_choice([[1.0], [2.0]])
    with pytest.raises(ValueError, match="needs a share"):
        replace(whole, share=None)
    with pytest.raises(ValueError, match="one shape"):
        replace(whole, cost=whole.cost[:5])
