"""Every learner finds an effect that is there, and is no other thing than it says."""

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import spearmanr

from ite.errors import EstimateError
from ite.estimation.learners.constant import constant
from ite.estimation.learners.dr_learner import dr_lasso
from ite.estimation.learners.held_out_outcomes import held_out_outcomes
from ite.estimation.learners.lasso_interactions import lasso_interactions
from ite.estimation.learners.query_attention import attention, fit_network
from ite.estimation.learners.r_learner import r_lasso
from ite.estimation.learners.registry import fit_learner
from ite.estimation.spec import Learner
from tests.estimation.learners.examples import effect_of, fold, fresh

CONTINUOUS = tuple(sorted(set(get_args(Learner)) - {"auto", "constant", "uplift_forest", "selected", "stacked"}))


@pytest.mark.known_truth
@pytest.mark.parametrize("name", CONTINUOUS)
def test_a_learner_finds_a_strong_modifier_and_the_average(name: str) -> None:
    # The effect has SD 1. Forests smooth it, and trees of one split see it in steps; none may miss it.
    predicted = fit_learner(name, fold(), fresh())
    assert spearmanr(predicted, effect_of(fresh())).statistic > 0.75
    assert abs(predicted.mean() - effect_of(fresh()).mean()) < 0.3  # the average has a standard error of 0.1


@pytest.mark.known_truth
@pytest.mark.parametrize("name", [*CONTINUOUS, "selected", "stacked"])
def test_a_learner_is_deterministic_and_a_function_of_the_features(name: str) -> None:
    given, patients = fold(200), fresh(40)
    once = fit_learner(name, given, patients)
    np.testing.assert_array_equal(once, fit_learner(name, given, patients))
    backwards = fit_learner(name, given, patients[::-1])
    np.testing.assert_allclose(backwards[::-1], once, atol=1e-10)


@pytest.mark.known_truth
def test_the_uplift_forest_is_for_two_values() -> None:
    predicted = fit_learner("uplift_forest", fold(1_000, binary=True), fresh())
    assert spearmanr(predicted, effect_of(fresh())).statistic > 0.6
    doubled = fold(1_000, binary=True)
    doubled = replace(doubled, outcome=2 * doubled.outcome - 2)
    np.testing.assert_allclose(fit_learner("uplift_forest", doubled, fresh()), 2 * predicted, atol=1e-12)
    with pytest.raises(EstimateError, match="two values; this one has 600"):
        fit_learner("uplift_forest", fold(), fresh())


@pytest.mark.known_truth
def test_everybody_has_the_same_effect_under_the_constant_learner() -> None:
    predicted = constant(fold(), fresh())
    assert np.ptp(predicted) == 0
    assert abs(predicted[0] - 0.5) < 4 * 0.1


@pytest.mark.independent
def test_at_equal_allocation_the_r_and_the_dr_learner_are_the_same() -> None:
    # (Y - m) / (A - 1/2) is the doubly robust score there, and every weight is 1/4.
    left = held_out_outcomes(fold())
    np.testing.assert_allclose(left.outcome_residual / left.treatment_residual, left.score, atol=1e-12)
    np.testing.assert_allclose(r_lasso(fold(), fresh()), dr_lasso(fold(), fresh()), atol=1e-6)


@pytest.mark.known_truth
@pytest.mark.parametrize("share", [0.5, 0.2])
def test_scores_inside_a_fold_are_unbiased_and_held_out(share: float) -> None:
    errors = []
    for seed in range(30):
        given = fold(300, seed, share=share)
        errors.append(held_out_outcomes(given).score.mean() - effect_of(given.features).mean())
    assert abs(np.mean(errors)) < 4 * np.std(errors, ddof=1) / np.sqrt(len(errors))
    given = fold(300, share=share)
    other = replace(given, outcome=given.outcome + 50.0 * (np.arange(300) == 7))
    before, after = held_out_outcomes(given), held_out_outcomes(other)
    moved = after.score[7] - before.score[7]
    sign = 1 / share if given.treated[7] else -1 / (1 - share)
    assert moved == pytest.approx(50.0 * sign, rel=1e-9), "the models of a patient never saw the patient"


@pytest.mark.independent
def test_without_a_penalty_the_lasso_with_interactions_is_least_squares(monkeypatch: pytest.MonkeyPatch) -> None:
    class LeastSquares:
        def fit(self, columns: np.ndarray, outcome: np.ndarray) -> "LeastSquares":
            self.coef_ = sm.OLS(outcome, sm.add_constant(columns)).fit().params[1:]
            return self

    monkeypatch.setattr("ite.estimation.learners.lasso_interactions.lasso", lambda _seed: LeastSquares())
    given, patients = fold(share=0.3), fresh()
    centred = given.treated - given.propensity
    design = np.column_stack([np.ones(600), given.features, centred, given.features * centred[:, None]])
    found = sm.OLS(given.outcome, design).fit().params
    np.testing.assert_allclose(lasso_interactions(given, patients), found[6] + patients @ found[7:], atol=1e-8)


@pytest.mark.known_truth
def test_the_queries_look_at_the_modifier() -> None:
    network = fit_network(fold(noise=0.3))
    looks = attention(network, fresh())
    np.testing.assert_allclose(looks.sum(axis=1), 1.0, atol=1e-12)
    # What a query passes on of a feature is how much it looks at it times what it reads there.
    weight = network.effect_weight.reshape(len(looks), -1)
    passed = np.abs(np.einsum("qf,fw,qw->f", looks, network.value_slope, weight))
    assert passed.argmax() == 0
