"""Choosing among learners: the losses, the rule, and that the choice has not seen the patients it serves."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import lsq_linear

from ite.estimation.estimate import estimate
from ite.estimation.learners import selection as module
from ite.estimation.learners.held_out_outcomes import HeldOutOutcomes
from ite.estimation.learners.losses import candidate_losses, simplest_within_one_error, stacking_weights
from ite.estimation.learners.registry import fit_logged
from ite.estimation.spec import EffectSpec
from ite.evaluation.r_loss import r_loss
from tests.estimation.learners.examples import effect_of, fold, fresh
from tests.estimation.trials import small_trial

QUICK = ("constant", "lasso_interactions", "x_lasso")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SELECTABLE", QUICK)


def left_over(n: int, seed: int, effect: np.ndarray) -> HeldOutOutcomes:
    rng = np.random.default_rng(seed)
    treatment = np.where(rng.random(n) < 0.5, 0.5, -0.5)
    residual = treatment * effect + rng.standard_normal(n)
    return HeldOutOutcomes(outcome_residual=residual, treatment_residual=treatment, score=residual / treatment)


@pytest.mark.known_truth
def test_both_losses_prefer_what_is_closer_to_the_true_effect() -> None:
    effect = np.random.default_rng(1).normal(0, 1, 20_000)
    predictions = np.column_stack([np.zeros(20_000), 0.5 * effect, effect, 2 * effect])
    losses = candidate_losses(("none", "half", "all", "double"), predictions, left_over(20_000, 2, effect))
    # Beyond the noise that no prediction removes, the losses are mean squared errors: 1, 1/4, 0 and 1.
    expected = np.array([1.0, 0.25, 0.0, 1.0])
    assert (losses["dr_loss"] - losses["dr_loss"].min()).to_numpy() == pytest.approx(expected, abs=0.1)
    assert 4 * (losses["r_loss"] - losses["r_loss"].min()).to_numpy() == pytest.approx(expected, abs=0.1)
    assert losses["above"].to_numpy()[2] == 0 == losses["se"].to_numpy()[2]


@pytest.mark.independent
def test_the_losses_are_those_of_their_formulas() -> None:
    effect = np.random.default_rng(3).normal(0, 1, 200)
    left = left_over(200, 4, effect)
    losses = candidate_losses(("a", "b"), np.column_stack([effect, 0.2 * effect]), left).set_index("candidate")
    assert losses.loc["b", "r_loss"] == pytest.approx(
        r_loss(left.outcome_residual, left.treatment_residual, 0.2 * effect).loss, rel=1e-12
    )
    gap = (left.score - 0.2 * effect) ** 2 - (left.score - effect) ** 2
    worse, better = ("b", "a") if gap.mean() > 0 else ("a", "b")
    assert losses.loc[better, "above"] == 0
    assert losses.loc[worse, "se"] == pytest.approx(pd.Series(gap).sem(), rel=1e-12)


@pytest.mark.known_truth
def test_the_simplest_within_one_standard_error_is_taken() -> None:
    losses = pd.DataFrame({"candidate": ["a", "b", "c"], "above": [0.3, 0.1, 0.0], "se": [0.2, 0.1, 0.0]})
    assert simplest_within_one_error(losses) == "b"
    assert simplest_within_one_error(losses.assign(se=[0.3, 0.1, 0.0])) == "a"
    assert simplest_within_one_error(losses.assign(se=[0.2, 0.05, 0.0])) == "c"


@pytest.mark.independent
def test_stacking_solves_its_least_squares_problem() -> None:
    rng = np.random.default_rng(5)
    effects, score = rng.standard_normal((300, 4)), rng.standard_normal(300)
    score += effects @ np.array([0.7, 0.0, 0.3, -0.5])
    centred = effects - effects.mean(axis=0)
    expected = lsq_linear(centred, score - score.mean(), bounds=(0, np.inf), tol=1e-12).x
    found = stacking_weights(effects, score)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert found[3] == 0
    rounding = 1e-17 * rng.standard_normal(300)
    assert stacking_weights(np.column_stack([1 + rounding, rounding, effects[:, 0]]), score)[:2].tolist() == [0, 0]


@pytest.mark.known_truth
@pytest.mark.usefixtures("quick")
def test_a_clear_effect_is_chosen_and_no_effect_is_left_constant() -> None:
    predicted, chosen = fit_logged("selected", fold(), fresh())
    assert chosen is not None
    assert float(chosen.candidates.set_index("candidate").loc["constant", "weight"]) == 0
    assert chosen.candidates["weight"].sum() == 1
    assert np.corrcoef(predicted, effect_of(fresh()))[0, 1] > 0.9
    constant = 0
    for seed in range(20):
        given = fold(300, seed)
        rng = np.random.default_rng(seed + 1_000)
        null = rng.standard_normal(300)
        _, chosen = fit_logged("selected", module.TrainingFold(**{**vars(given), "outcome": null}), fresh(10))
        assert chosen is not None
        constant += int(chosen.candidates.set_index("candidate").loc["constant", "weight"])
    assert constant >= 15  # a fair coin would give fewer than 15 in 98 % of cases


@pytest.mark.known_truth
@pytest.mark.usefixtures("quick")
def test_stacking_weighs_what_works() -> None:
    predicted, stacked = fit_logged("stacked", fold(), fresh())
    assert stacked is not None
    weights = stacked.candidates.set_index("candidate")["weight"]
    assert weights["constant"] == 0
    assert weights.sum() == pytest.approx(1.0, abs=0.2)
    assert np.corrcoef(predicted, effect_of(fresh()))[0, 1] > 0.9


@pytest.mark.known_truth
@pytest.mark.usefixtures("quick")
def test_every_choice_of_an_estimation_is_logged() -> None:
    trial = small_trial(200, arms=3)
    effects = estimate(trial, EffectSpec(learner="selected", repeats=1, seed=4))
    assert effects.choices is not None
    fits = effects.choices.groupby(["arm", "sequential", "fit"])
    assert len(fits) == 2 * (5 + 4)
    assert set(fits.size()) == {len(QUICK)}
    assert set(fits["weight"].sum()) == {1.0}
    assert set(effects.choices["arm"]) == set(trial.treated_arms)
    assert estimate(trial, EffectSpec(learner="x_lasso", seed=4)).choices is None
