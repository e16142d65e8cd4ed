"""Several outcome models become one: weights that are not negative, sum to 1, and lose to no candidate."""

import numpy as np
import pytest
from scipy.optimize import minimize

from ite.estimation.estimate import estimate
from ite.estimation.outcome_model import best_candidate, stacked_weights
from ite.estimation.spec import EffectSpec
from tests.estimation.trials import small_trial


def predicted(seed: int = 1, n: int = 400) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Three candidates for two arms: two noisy views of the truth, and pure noise."""
    rng = np.random.default_rng(seed)
    truth, arm = rng.standard_normal(n), rng.integers(0, 2, n)
    views = [truth + rng.standard_normal(n) * scale for scale in (0.5, 0.7)] + [rng.standard_normal(n)]
    return np.stack([np.column_stack([view, view]) for view in views]), truth + rng.standard_normal(n), arm


@pytest.mark.independent
def test_weights_are_the_shares_of_non_negative_least_squares() -> None:
    predictions, outcome, arm = predicted()
    own = np.stack([each[np.arange(len(arm)), arm] for each in predictions]).T
    level = outcome.mean()

    def loss(weights: np.ndarray) -> float:
        return float(np.sum((outcome - level - (own - level) @ weights) ** 2))

    found = minimize(loss, np.full(3, 0.3), bounds=[(0, None)] * 3, tol=1e-12).x
    np.testing.assert_allclose(stacked_weights(predictions, outcome, arm), found / found.sum(), atol=1e-4)


@pytest.mark.known_truth
def test_a_stack_of_two_views_beats_each_of_them_on_new_patients() -> None:
    predictions, outcome, arm = predicted()
    weights = stacked_weights(predictions, outcome, arm)
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1.0, abs=1e-12)
    new, actual, _ = predicted(seed=2, n=4_000)
    error = [np.mean((actual - each) ** 2) for each in (*new[:, :, 0], weights @ new[:, :, 0])]
    assert error[3] < min(error[:3])


@pytest.mark.known_truth
def test_missing_outcomes_do_not_count_and_useless_candidates_leave_the_best() -> None:
    predictions, outcome, arm = predicted()
    seen = np.arange(400) >= 50
    some = stacked_weights(predictions[:, seen], outcome[seen], arm[seen])
    np.testing.assert_allclose(stacked_weights(predictions, np.where(seen, outcome, np.nan), arm), some, atol=1e-12)
    against = 2 * outcome.mean() - predictions
    weights = stacked_weights(against[:2], outcome, arm)
    assert weights.tolist() == np.eye(2)[best_candidate(against[:2], outcome, arm)].tolist()


@pytest.mark.known_truth
def test_an_estimation_can_stack_and_says_so() -> None:
    trial = small_trial(200)
    best, stacked = (
        estimate(trial, EffectSpec(learner="x_lasso", outcome_model=model)) for model in ("best", "stacked")
    )
    assert abs(best.ate["estimate"].iloc[0] - stacked.ate["estimate"].iloc[0]) < best.ate["se"].iloc[0]
    assert any("%" in note and "Outcome model" in note for note in stacked.notes)
    assert not any("%" in note for note in best.notes if "Outcome model" in note)
