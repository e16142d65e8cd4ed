"""From a trial to effects: shapes, the same bytes everywhere, equivariance, coverage, errors in sentences."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from ite.errors import EstimateError, IteError
from ite.estimation.average_effect import average_effects
from ite.estimation.estimate import estimate
from ite.estimation.result import EffectEstimate
from ite.estimation.spec import EffectSpec
from ite.trial.data import TrialData
from ite.trial.samples import load_sample
from ite.trial.survival import restricted_mean
from tests.estimation.test_scores import scored
from tests.estimation.trials import roles, small_trial, survival_frame, survival_trial, trial_frame

FAST = EffectSpec(learner="x_lasso", folds=3, seed=5)


def digest(effects: EffectEstimate) -> str:
    """SHA-256 of every number of the result, to the byte."""
    frames = (effects.ate, effects.scores, effects.benefit, effects.ranking, effects.sequential, effects.factor)
    arrays = [frame.to_numpy(dtype=float) for frame in frames] + [effects.baseline_risk, effects.fold.astype(float)]
    return hashlib.sha256(b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)).hexdigest()


@pytest.fixture(scope="module")
def colon() -> tuple[TrialData, EffectEstimate]:
    trial = load_sample("colon")
    return trial, estimate(trial, EffectSpec(learner="x_lasso", folds=3, horizon=1826, seed=1))


@pytest.mark.known_truth
def test_the_number_of_workers_does_not_change_a_byte() -> None:
    assert digest(estimate(small_trial(), FAST, workers=1)) == digest(estimate(small_trial(), FAST, workers=2))


@pytest.mark.known_truth
def test_another_process_finds_the_same_bytes() -> None:
    code = (
        "from tests.estimation.test_estimate import FAST, digest; from ite.estimation.estimate import estimate;"
        "from tests.estimation.trials import survival_trial; print(digest(estimate(survival_trial(), FAST)))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "77"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == digest(estimate(survival_trial(), FAST))


@pytest.mark.known_truth
def test_the_seed_matters_and_little() -> None:
    one, other = estimate(small_trial(), FAST), estimate(small_trial(), FAST.model_copy(update={"seed": 6}))
    assert digest(one) != digest(other)
    assert abs(one.ate["estimate"] - other.ate["estimate"]).iloc[0] < one.ate["se"].iloc[0]


@pytest.mark.known_truth
def test_every_treated_arm_has_its_column(colon: tuple[TrialData, EffectEstimate]) -> None:
    trial, effects = colon
    arms = list(trial.treated_arms)
    assert len(arms) == 2
    for frame in (effects.scores, effects.benefit, effects.ranking, effects.sequential):
        assert frame.shape == (trial.n, 2)
        assert list(frame.columns) == arms
    assert list(effects.ate.index) == list(effects.factor.index) == arms
    assert effects.fold.shape == effects.baseline_risk.shape == (trial.n,)
    assert effects.spec.repeats is not None
    expected = effects.ranking * effects.factor + effects.ate["estimate"]
    np.testing.assert_allclose(effects.benefit, expected)
    np.testing.assert_allclose(effects.ate["estimate"], effects.scores.mean())
    np.testing.assert_allclose(effects.ate["se"], effects.scores.sem())
    np.testing.assert_allclose(effects.ate["upper"] - effects.ate["lower"], 2 * 1.959964 * effects.ate["se"], rtol=1e-6)


@pytest.mark.independent
def test_on_colon_the_score_agrees_with_kaplan_meier(colon: tuple[TrialData, EffectEstimate]) -> None:
    trial, effects = colon
    area = [
        restricted_mean(trial.time[trial.arm_index == a], trial.event[trial.arm_index == a], 1826) for a in range(3)
    ]
    for position, arm in enumerate(trial.treated_arms, start=1):
        standard_error = np.hypot(area[position].se, area[0].se)
        difference = area[position].rmst - area[0].rmst
        assert effects.ate.loc[arm, "estimate"] == pytest.approx(difference, abs=0.5 * standard_error)
        assert 0.85 * standard_error < effects.ate.loc[arm, "se"] < 1.02 * standard_error


@pytest.mark.known_truth
def test_turning_the_outcome_turns_the_signs() -> None:
    up, down = estimate(small_trial(), FAST), estimate(small_trial(higher_is_better=False), FAST)
    # Mirrored floating-point work; only the boosted trees break ties of splits differently.
    np.testing.assert_allclose(down.ate["estimate"], -up.ate["estimate"], rtol=1e-6)
    np.testing.assert_allclose(down.scores, -up.scores, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(down.ranking, -up.ranking, rtol=1e-4, atol=1e-5)


@pytest.mark.known_truth
def test_units_of_the_outcome_scale_the_effects() -> None:
    frame = trial_frame(120, 0)
    small = estimate(TrialData.from_frame(frame, roles()), FAST)
    large = estimate(TrialData.from_frame(frame.assign(y=frame["y"] * 10 + 300), roles()), FAST)
    np.testing.assert_allclose(large.ate["estimate"], 10 * small.ate["estimate"], rtol=1e-6)
    np.testing.assert_allclose(large.scores, 10 * small.scores, rtol=1e-5, atol=1e-5)
    # The lasso stops within a thousandth of its optimum, so the ranking follows up to that.
    np.testing.assert_allclose(large.ranking, 10 * small.ranking, rtol=0.02, atol=0.05)


@pytest.mark.known_truth
def test_units_of_time_scale_the_effects() -> None:
    frame = survival_frame(160, 0)
    names = {"outcome": None, "time": "time", "event": "event"}
    years = estimate(TrialData.from_frame(frame, roles(**names)), FAST.model_copy(update={"horizon": 5.0}))
    months = TrialData.from_frame(frame.assign(time=frame["time"] * 12), roles(**names))
    scaled = estimate(months, FAST.model_copy(update={"horizon": 60.0}))
    np.testing.assert_allclose(scaled.ate["estimate"], 12 * years.ate["estimate"], rtol=1e-6)
    np.testing.assert_allclose(scaled.scores, 12 * years.scores, rtol=1e-5, atol=1e-5)


@pytest.mark.known_truth
def test_the_interval_of_the_average_effect_covers() -> None:
    """Forty trials; a true 95 % interval misses seven or more of them in less than 1 of 1,000 runs."""
    covered = 0
    for seed in range(40):
        trial = small_trial(100, seed, randomization={"control": 0.5, "treated": 0.5})
        arm_scores = scored(trial, seed).arm_scores
        row = average_effects(pd.DataFrame({"treated": arm_scores[:, 1] - arm_scores[:, 0]}), None).iloc[0]
        covered += row["lower"] <= 0.5 <= row["upper"]
    assert covered >= binom.ppf(0.001, 40, 0.95)


@pytest.mark.known_truth
def test_the_variance_of_clustered_patients_is_that_of_cluster_sums() -> None:
    scores = pd.DataFrame({"treated": np.repeat(np.random.default_rng(0).standard_normal(30), 8)})
    alone, together = average_effects(scores, None), average_effects(scores, np.repeat(np.arange(30), 8))
    # Eight equal patients are one: the variance is eight times that of independent ones.
    assert (together["se"] / alone["se"]).iloc[0] == pytest.approx(np.sqrt(8), rel=0.02)
    assert together["se"].iloc[0] == pytest.approx(scores["treated"][::8].sem())


@pytest.mark.known_truth
def test_a_patients_outcome_does_not_reach_its_ranking() -> None:
    frame = trial_frame(120, 0)
    changed = frame.assign(y=frame["y"].where(frame.index != 40, frame["y"] + 30))
    before, after = (estimate(TrialData.from_frame(given, roles()), FAST) for given in (frame, changed))
    np.testing.assert_array_equal(before.ranking.iloc[40], after.ranking.iloc[40])
    np.testing.assert_array_equal(before.sequential.iloc[40], after.sequential.iloc[40])
    assert (before.ranking != after.ranking).to_numpy().any()


@pytest.mark.known_truth
def test_a_small_arm_is_named_with_its_size() -> None:
    frame = trial_frame(120, 0)
    frame["arm"] = np.where(np.arange(120) < 19, "treated", "control")
    with pytest.raises(EstimateError, match=r"at least 20 patients with an outcome in each arm; arm treated has 19"):
        estimate(TrialData.from_frame(frame, roles()), FAST)


@pytest.mark.known_truth
def test_missing_values_are_told() -> None:
    frame = trial_frame(150, 0)
    frame.loc[:19, "x1"] = np.nan
    frame.loc[20:39, "y"] = np.nan
    effects = estimate(TrialData.from_frame(frame, roles()), FAST)
    assert effects.scores.notna().all().all()
    assert any("x1: 20 missing values" in note for note in effects.notes)
    assert any("20 patients without an outcome" in note for note in effects.notes)


@pytest.mark.known_truth
def test_a_constant_outcome_is_refused() -> None:
    with pytest.raises(IteError, match="y"):
        estimate(TrialData.from_frame(trial_frame(120, 0).assign(y=3.7), roles()), FAST)


@pytest.mark.known_truth
def test_a_trial_without_events_is_refused() -> None:
    frame = survival_frame(160, 0).assign(event=0)
    trial = TrialData.from_frame(frame, roles(outcome=None, time="time", event="event"))
    with pytest.raises(IteError, match="event"):
        estimate(trial, FAST.model_copy(update={"horizon": 5.0}))


@pytest.mark.known_truth
def test_covariates_without_any_difference_are_refused() -> None:
    with pytest.raises(IteError, match="x0"):
        estimate(TrialData.from_frame(trial_frame(120, 0).assign(x0=1.0), roles(1)), FAST)


@pytest.mark.known_truth
def test_an_arm_held_by_one_cluster_is_refused() -> None:
    frame = trial_frame(120, 0).assign(site=[str(site) for site in np.arange(120) // 10])
    frame["arm"] = np.where(frame["site"].isin(["0", "1", "2", "3", "4"]), "control", "treated")
    frame.loc[frame["arm"] == "control", "site"] = "0"
    with pytest.raises(IteError, match="cluster"):
        estimate(TrialData.from_frame(frame, roles(cluster="site")), FAST)
