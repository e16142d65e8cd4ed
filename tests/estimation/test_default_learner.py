"""What "auto" stands for depends on size and design, and a learner that needs more patients is refused."""

from dataclasses import replace

import numpy as np
import pytest

from ite.errors import EstimateError
from ite.estimation.default_learner import LARGEST_FOREST_TRIAL, default_learner, fast_learner, require_enough
from ite.estimation.estimate import estimate
from ite.estimation.spec import EffectSpec
from ite.evaluation.leaderboard import compare_learners
from ite.trial.data import TrialData
from tests.estimation.trials import roles, small_trial, trial_frame


@pytest.mark.known_truth
@pytest.mark.parametrize(
    ("n", "design", "default", "fast"),
    [
        (LARGEST_FOREST_TRIAL, "randomized", "forest_and_lasso", "x_lasso"),
        (LARGEST_FOREST_TRIAL + 2, "randomized", "x_lasso", "x_lasso"),
        (LARGEST_FOREST_TRIAL, "observational", "bayesian_causal_forest", "r_lasso"),
        (LARGEST_FOREST_TRIAL + 2, "observational", "r_lasso", "r_lasso"),
    ],
)
def test_the_default_follows_size_and_design(n: int, design: str, default: str, fast: str) -> None:
    trial = small_trial(n, design=design)
    assert (default_learner(trial), fast_learner(trial)) == (default, fast)


@pytest.mark.known_truth
def test_a_learner_that_needs_more_patients_is_refused_with_the_arm() -> None:
    frame = trial_frame(130, seed=1)
    treated = np.flatnonzero(frame["arm"] == "treated")
    frame = frame.drop(index=treated[:24]).reset_index(drop=True)
    trial = TrialData.from_frame(frame, roles())
    told = "needs at least 50 patients with an outcome in each arm; arm treated has 41. Choose a lasso"
    with pytest.raises(EstimateError, match=told):
        estimate(trial, EffectSpec(learner="t_boosting"))
    effects = estimate(trial, EffectSpec(learner="t_lasso"))
    with pytest.raises(EstimateError, match=told):
        compare_learners(trial, effects, ("x_lasso", "causal_forest"))
    missing = replace(small_trial(120), frame=small_trial(120).frame.assign(y=np.nan))
    with pytest.raises(EstimateError, match="arm control has 0"):
        require_enough(missing, "selected")


@pytest.mark.known_truth
def test_a_forest_that_sees_the_propensity_does_not_take_confounding_for_an_effect() -> None:
    """Everybody has the same effect; who is treated depends on what also drives the outcome, along a curve."""
    spreads = {}
    for learner in ("bayesian_causal_forest", "x_lasso"):
        found = []
        for seed in range(3):
            rng = np.random.default_rng(seed)
            frame = trial_frame(500, seed)
            x = frame[["x0", "x1", "x2"]].to_numpy().sum(axis=1)
            treated = rng.random(500) < 1 / (1 + np.exp(x))
            outcome = 2 * np.log1p(np.exp(x)) + treated + rng.standard_normal(500)
            frame = frame.assign(arm=np.where(treated, "treated", "control"), y=outcome)
            trial = TrialData.from_frame(frame, roles(design="observational"))
            effects = estimate(trial, EffectSpec(learner=learner, seed=seed, repeats=1))
            found.append(float(effects.ranking["treated"].std()))
        spreads[learner] = np.mean(found)
    assert spreads["bayesian_causal_forest"] < 0.4 * spreads["x_lasso"]
