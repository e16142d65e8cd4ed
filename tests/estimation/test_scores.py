"""Doubly robust scores: formula, unbiasedness, missing outcomes."""

import numpy as np
import pandas as pd
import pytest

from ite.compute import silent
from ite.estimation.features import encode
from ite.estimation.nuisance import ScorePlan, score_trial
from ite.estimation.scored import ScoredTrial
from ite.estimation.scores import aipw_scores, arm_score
from ite.trial.data import TrialData
from tests.estimation.trials import roles, trial_frame

N = 3_000


def scored(trial: TrialData, seed: int = 1) -> ScoredTrial:
    plan = ScorePlan(horizon=None, folds=3, seed=seed, cluster=None, workers=1, progress=silent, total_chunks=6)
    return score_trial(trial, encode(trial.covariates), plan)


def frame_with_effect(seed: int, *, treated_share: float = 0.5) -> tuple[pd.DataFrame, np.ndarray]:
    """A curved outcome whose effect is 1 + x1; the effect is returned, too."""
    frame = trial_frame(N, seed)
    rng = np.random.default_rng(seed + 1)
    treated = rng.random(N) < treated_share
    effect = 1 + frame["x1"].to_numpy()
    outcome = np.exp(frame["x0"]) + treated * effect + rng.standard_normal(N)
    return frame.assign(arm=np.where(treated, "treated", "control"), y=outcome), effect


def z_of_error(score: np.ndarray, truth: np.ndarray, group: np.ndarray) -> float:
    error = (score - truth)[group]
    return float(error.mean() / (error.std(ddof=1) / np.sqrt(len(error))))


@pytest.mark.independent
def test_the_score_equals_its_textbook_form() -> None:
    rng = np.random.default_rng(0)
    y, m1, m0 = rng.standard_normal((3, 40))
    t, e = (rng.random(40) < 0.5).astype(float), rng.uniform(0.2, 0.8, 40)
    expected = [
        (a - b) + (yy - a) / p if tt else (a - b) - (yy - b) / (1 - p)
        for yy, tt, a, b, p in zip(y, t, m1, m0, e, strict=True)
    ]
    np.testing.assert_allclose(aipw_scores(y, t, m1, m0, e), expected, rtol=1e-12)


@pytest.mark.known_truth
def test_an_outcome_without_weight_is_not_read() -> None:
    score = arm_score(np.array([np.nan, 2.0]), np.array([0.0, 2.0]), np.array([1.5, 1.0]))
    np.testing.assert_array_equal(score, [1.5, 3.0])


@pytest.mark.known_truth
@pytest.mark.parametrize("share", [0.5, 0.2])
def test_scores_are_unbiased_in_any_fixed_group(share: float) -> None:
    frame, effect = frame_with_effect(5, treated_share=share)
    trial = TrialData.from_frame(frame, roles(randomization={"control": 1 - share, "treated": share}))
    result = scored(trial)
    score = result.arm_scores[:, 1] - result.arm_scores[:, 0]
    np.testing.assert_array_equal(result.probabilities, np.tile([1 - share, share], (N, 1)))
    for group in (np.ones(N, dtype=bool), frame["x1"] > 0.5, frame["x0"] < -1, frame["x2"] > 1):
        assert abs(z_of_error(score, effect, np.asarray(group))) < 4


@pytest.mark.known_truth
def test_patients_in_other_arms_take_part_without_bias() -> None:
    frame, effect = frame_with_effect(6)
    rng = np.random.default_rng(0)
    third = rng.random(N) < 1 / 3
    frame.loc[third, "arm"] = "second"
    frame.loc[third, "y"] += 5.0
    result = scored(
        TrialData.from_frame(frame, roles(randomization={"control": 1 / 3, "treated": 1 / 3, "second": 1 / 3}))
    )
    position = list(TrialData.from_frame(frame, roles()).arms).index("treated")
    score = result.arm_scores[:, position] - result.arm_scores[:, 0]
    for group in (np.ones(N, dtype=bool), np.asarray(third), np.asarray(frame["x1"] > 0.5)):
        # Scores of a patient of another arm carry no outcome: their error is that of the outcome models alone.
        assert abs((score - effect)[group].mean()) < 4 * (score - effect).std() / np.sqrt(group.sum())


@pytest.mark.known_truth
def test_outcomes_missing_at_random_do_not_bias_where_complete_cases_do() -> None:
    frame, effect = frame_with_effect(7)
    treated = frame["arm"] == "treated"
    observed = np.random.default_rng(1).random(N) < 1 / (1 + np.exp(-(0.7 - 3 * frame["x1"] * treated)))
    frame.loc[~observed, "y"] = np.nan
    result = scored(TrialData.from_frame(frame, roles()))
    score = result.arm_scores[:, 1] - result.arm_scores[:, 0]
    assert np.isfinite(score).all()
    assert abs(z_of_error(score, effect, np.ones(N, dtype=bool))) < 4
    complete = frame.dropna()
    by_arm = complete.groupby("arm")["y"]
    naive = by_arm.mean()["treated"] - by_arm.mean()["control"]
    naive_se = np.sqrt((by_arm.var() / by_arm.size()).sum())
    assert abs(naive - effect.mean()) > 4 * naive_se


@pytest.mark.known_truth
def test_scores_do_not_depend_on_the_labels_of_the_arms() -> None:
    frame, _ = frame_with_effect(8)
    frame = frame.iloc[:300]
    renamed = frame.assign(arm=frame["arm"].map({"control": "9", "treated": "1"}))
    one, other = scored(TrialData.from_frame(frame, roles())), scored(TrialData.from_frame(renamed, roles(control="9")))
    np.testing.assert_array_equal(one.arm_scores, other.arm_scores)
