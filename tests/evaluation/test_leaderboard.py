"""Learners are judged by held-out patients, and the judgement is that of the true effects."""

from dataclasses import replace

import numpy as np
import pytest

from ite.estimation.estimate import estimate
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.evaluation.evaluate import evaluate
from ite.evaluation.leaderboard import compare_learners
from ite.evaluation.result import Leaderboard
from ite.trial.data import TrialData
from ite.trial.simulated import SimulatedSpec, simulate_trial
from tests.estimation.trials import small_trial

LEARNERS = ("constant", "lasso_interactions", "x_lasso", "t_boosting")


def compared(trial: TrialData, seed: int = 1) -> tuple[EffectEstimate, Leaderboard]:
    effects = estimate(trial, EffectSpec(learner="x_lasso", seed=seed))
    return effects, compare_learners(trial, effects, LEARNERS)


@pytest.mark.known_truth
def test_both_losses_estimate_the_gain_in_squared_error_over_the_common_effect() -> None:
    misses: dict[str, list[float]] = {"dr_change": [], "r_change": []}
    for seed in range(12):
        simulated = simulate_trial(SimulatedSpec(n=400, effect="scenario_2", effect_sd=0.6, seed=seed))
        trial, truth = simulated.trial, simulated.true_effect
        effects, board = compared(trial, seed)
        arm = trial.treated_arms[0]
        own = effects.ranking[arm].to_numpy()
        level = float(effects.ate["estimate"].iloc[0])
        true_change = np.mean((truth - level - own) ** 2 - (truth - level) ** 2)
        row = board.learners.set_index("learner").loc["x_lasso"]
        for loss, errors in misses.items():
            errors.append(float(row[loss]) - true_change)
    for loss, errors in misses.items():
        assert abs(np.mean(errors)) < 4 * np.std(errors, ddof=1) / np.sqrt(len(errors)), loss


@pytest.mark.known_truth
def test_the_constant_changes_nothing_and_a_common_effect_rewards_nobody() -> None:
    board = compared(simulate_trial(SimulatedSpec(n=300, effect="constant", seed=3)).trial)[1].learners
    constant = board.set_index("learner").loc["constant"]
    changes = constant[["dr_change", "dr_se", "r_change", "r_se"]].to_numpy(float)
    np.testing.assert_allclose(changes, 0.0, atol=1e-12)
    assert constant["weight"] == 0
    assert np.isnan(constant["correlation"])
    assert np.isnan(constant["autoc"])
    # Spread of a learner is error where everybody has the same effect, and boosted trees spread most.
    assert (
        board.set_index("learner").loc["t_boosting", "dr_change"]
        > 2 * board.set_index("learner").loc["t_boosting", "dr_se"]
    )


@pytest.mark.independent
def test_the_effects_own_learner_is_the_one_that_estimate_used() -> None:
    trial = small_trial(240, arms=3)
    effects, board = compared(trial)
    own = board.learners[board.learners["learner"] == "x_lasso"]
    np.testing.assert_allclose(own["correlation"], 1.0, rtol=1e-12)
    evidence = evaluate(trial, effects)
    np.testing.assert_allclose(own["autoc"], evidence.autoc["estimate"], rtol=1e-9)
    np.testing.assert_allclose(own["autoc_se"], evidence.autoc["se"], rtol=1e-9)
    first = trial.treated_arms[0]
    scores, ranking = effects.scores[first].to_numpy(), effects.ranking[first].to_numpy()
    left = scores - scores.mean()
    assert own["dr_change"].iloc[0] == pytest.approx(np.mean((left - ranking) ** 2) - np.mean(left**2), rel=1e-9)


@pytest.mark.known_truth
def test_missing_outcomes_and_clusters_are_taken_in() -> None:
    trial = small_trial(240)
    frame = trial.frame.assign(y=trial.frame["y"].where(np.arange(240) > 10), site=np.arange(240) // 6)
    lost = TrialData.from_frame(frame, trial.roles.model_copy(update={"cluster": "site"}))
    board = compared(lost)[1].learners
    assert board.loc[board["learner"] != "constant", ["dr_change", "dr_se", "r_change", "r_se"]].notna().all().all()
    assert (board.loc[board["learner"] != "constant", ["dr_se", "r_se"]] > 0).any().all()


@pytest.mark.known_truth
def test_scores_made_elsewhere_are_refused() -> None:
    trial = small_trial()
    effects = replace(estimate(trial, EffectSpec(learner="x_lasso")), scored=None)
    with pytest.raises(ValueError, match="made elsewhere"):
        compare_learners(trial, effects, ("constant",))
