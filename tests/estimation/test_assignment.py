"""Probabilities of arms and of being observed."""

import numpy as np
import pandas as pd
import pytest

from ite.estimation.assignment import PROBABILITY_FLOOR, arm_probabilities, response_probability
from ite.estimation.features import encode
from ite.estimation.folds import assign_folds
from ite.trial.data import TrialData
from tests.estimation.trials import ARMS, roles, small_trial, trial_frame


def probabilities(trial: TrialData, seed: int = 0) -> np.ndarray:
    return arm_probabilities(trial, encode(trial.covariates).matrix, assign_folds(trial.arm_index, 5, seed))


@pytest.mark.known_truth
def test_what_the_roles_know_is_used_as_it_is() -> None:
    trial = small_trial(randomization={"control": 0.3, "treated": 0.7})
    np.testing.assert_array_equal(probabilities(trial), np.tile([0.3, 0.7], (120, 1)))
    frame = trial_frame(120, 0).assign(known=np.linspace(0.2, 0.8, 120))
    trial = TrialData.from_frame(frame, roles(propensity={"treated": "known"}))
    np.testing.assert_allclose(probabilities(trial)[:, 1], np.linspace(0.2, 0.8, 120))


@pytest.mark.known_truth
def test_a_randomised_trial_takes_the_share_of_each_arm() -> None:
    frame = trial_frame(120, 0, arms=3)
    frame.loc[:40, "arm"] = "control"
    trial = TrialData.from_frame(frame, roles())
    shares = np.bincount(trial.arm_index) / 120
    np.testing.assert_allclose(probabilities(trial), np.tile(shares, (120, 1)))


@pytest.mark.known_truth
def test_a_missing_stratum_is_a_stratum_of_its_own() -> None:
    frame = trial_frame(120, 1).assign(site=["a", "b", None] * 40)
    trial = TrialData.from_frame(frame, roles(strata="site"))
    expected = (frame["arm"] == "treated").groupby(frame["site"].fillna("none")).transform("mean")
    np.testing.assert_allclose(probabilities(trial)[:, 1], expected)


@pytest.mark.known_truth
def test_strata_have_their_own_shares() -> None:
    frame = trial_frame(400, 1)
    rng = np.random.default_rng(0)
    frame["site"] = rng.choice(["a", "b"], 400)
    likely = np.where(frame["site"] == "a", 0.8, 0.3)
    frame["arm"] = np.where(rng.random(400) < likely, "treated", "control")
    trial = TrialData.from_frame(frame, roles(strata="site"))
    expected = (frame["arm"] == "treated").groupby(frame["site"]).transform("mean")
    np.testing.assert_allclose(probabilities(trial)[:, 1], expected)


@pytest.mark.known_truth
def test_observational_probabilities_do_not_see_the_patient() -> None:
    frame = trial_frame(200, 2)
    frame["arm"] = np.where(np.random.default_rng(0).random(200) < 1 / (1 + np.exp(-frame["x0"])), "treated", "control")
    trial = TrialData.from_frame(frame, roles(design="observational"))
    features, fold = encode(trial.covariates).matrix, assign_folds(trial.arm_index, 5, 0)
    before = arm_probabilities(trial, features, fold)
    changed = frame.copy()
    changed.loc[17, "arm"] = "control" if frame.loc[17, "arm"] == "treated" else "treated"
    after = arm_probabilities(TrialData.from_frame(changed, roles(design="observational")), features, fold)
    np.testing.assert_array_equal(before[17], after[17])
    assert (before != after).any()
    assert np.corrcoef(before[:, 1], frame["x0"])[0, 1] > 0.8
    assert before.min() >= PROBABILITY_FLOOR


@pytest.mark.known_truth
def test_everybody_observed_has_response_probability_one() -> None:
    arm = np.arange(50) % 2
    observed = response_probability(np.zeros((50, 1)), arm, np.zeros(50, dtype=bool), arm)
    np.testing.assert_array_equal(observed, np.ones(50))


@pytest.mark.known_truth
def test_response_follows_arm_and_covariates() -> None:
    rng = np.random.default_rng(1)
    features, arm = rng.standard_normal((3_000, 2)), rng.permutation(3_000) % 3
    truth = 1 / (1 + np.exp(-(1.0 + 0.8 * features[:, 0] - 0.7 * (arm == 2))))
    estimated = response_probability(features, arm, rng.random(3_000) > truth, assign_folds(arm, 5, 0))
    # The error of a logistic regression on 2,400 patients with 5 coefficients is about 0.02.
    assert np.sqrt(np.mean((estimated - truth) ** 2)) < 0.04


@pytest.mark.known_truth
@pytest.mark.parametrize("missing", [1, 2])
def test_a_single_missing_outcome_is_no_obstacle(missing: int) -> None:
    arm = np.arange(60) % 2
    fold = np.arange(60) // 2 % 5
    observed = response_probability(
        np.random.default_rng(0).standard_normal((60, 2)), arm, (fold == 0) & (np.arange(60) < missing), fold
    )
    assert (observed > 0.5).all()


@pytest.mark.known_truth
def test_small_strata_keep_the_weights_balanced() -> None:
    """With sites of four patients and one in five treated, weights of the treated must still add up to everybody."""
    rng = np.random.default_rng(4)
    frame = trial_frame(2_000, 4)
    frame["arm"] = np.array(ARMS)[(rng.random(2_000) < 0.2).astype(int)]
    frame["site"] = pd.Series(np.arange(2_000) // 4).astype(str)
    trial = TrialData.from_frame(frame, roles(strata="site"))
    weight = (trial.arm_index == 1) / probabilities(trial)[:, 1]
    # 400 treated with weights near 5: the sum of the weights has a relative standard error of 0.045.
    assert weight.sum() / 2_000 == pytest.approx(1.0, abs=4 * 0.045)
