"""Patients who could not have had every arm: left out where treatment was chosen, named, and refused if few remain."""

import numpy as np
import pandas as pd
import pytest

from benchmarks.generators import draw
from ite.errors import EstimateError
from ite.estimation.estimate import estimate
from ite.estimation.overlap import overlap_population
from ite.estimation.spec import CRUMP_RULE, EffectSpec
from ite.evaluation.evaluate import evaluate
from ite.subgroup.benefit_curve import slice_benefit
from ite.trial.data import FloatArray, TrialData
from tests.estimation.trials import roles, small_trial

FAST = EffectSpec(learner="x_lasso", folds=3, seed=5)


def chosen_by_x0(n: int, slope: float, seed: int = 3) -> tuple[TrialData, FloatArray]:
    """Return a study whose propensity is logistic in x0, with the true propensity; the effect is 1 for everybody."""
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, 2))
    chance = 1 / (1 + np.exp(-slope * x[:, 0]))
    treated = rng.random(n) < chance
    frame = pd.DataFrame(x, columns=["x0", "x1"]).assign(
        arm=np.where(treated, "treated", "control"), y=x[:, 0] + treated + rng.standard_normal(n)
    )
    return TrialData.from_frame(frame, roles(2, design="observational")), chance


@pytest.mark.known_truth
def test_those_are_left_out_who_nearly_always_get_the_same_arm() -> None:
    trial, chance = chosen_by_x0(2_000, 2.0)
    found = overlap_population(trial, FAST)
    assert found.kept is not None
    assert np.mean(found.kept == (np.minimum(chance, 1 - chance) >= CRUMP_RULE)) > 0.95
    assert np.minimum(chance, 1 - chance)[found.kept].min() > 0.06
    assert found.trial.n == found.kept.sum()
    assert found.trial.arms == trial.arms


@pytest.mark.known_truth
def test_a_randomised_trial_keeps_everybody_unless_asked() -> None:
    trial = small_trial()
    assert overlap_population(trial, FAST).trial is trial
    unequal = small_trial(randomization={"control": 0.6, "treated": 0.4})
    with pytest.raises(EstimateError, match="Of 120 patients 0 could have had each arm with a probability of 45 %"):
        overlap_population(unequal, FAST.model_copy(update={"overlap": 0.45}))


@pytest.mark.known_truth
def test_too_few_that_remain_are_refused_in_a_sentence() -> None:
    trial, _ = chosen_by_x0(300, 40.0)
    with pytest.raises(EstimateError, match="The arms were given to different patients"):
        overlap_population(trial, FAST)


@pytest.mark.known_truth
def test_every_later_step_is_about_the_patients_who_were_analysed() -> None:
    trial, _ = chosen_by_x0(400, 2.0)
    effects = estimate(trial, FAST)
    assert effects.kept is not None
    words = f"{effects.kept.sum()} of 400 patients who could have had either arm"
    assert effects.population == words
    assert effects.scale == f"difference in mean y, among the {words}"
    assert words in effects.notes[0]
    analysed = effects.patients_of(trial)
    assert analysed.name.endswith(words)
    assert analysed.digest != trial.digest
    np.testing.assert_array_equal(analysed.outcome, trial.outcome[effects.kept])
    assert effects.patients_of(analysed) is analysed
    assert len(effects.scores) == analysed.n
    pd.testing.assert_frame_equal(evaluate(trial, effects).modifiers, evaluate(analysed, effects).modifiers)
    assert slice_benefit(trial, effects, by="x1").n == analysed.n


@pytest.mark.known_truth
@pytest.mark.parametrize("setup", ["A, confounded", "C, confounded, constant"])
def test_exploding_scores_are_trimmed_and_the_average_grows_surer(setup: str) -> None:
    """Nie and Wager's confounded setups: some patients have a chance of 5 % or less of one arm."""
    largest, errors, widths = [], [], []
    spec = EffectSpec(learner="x_lasso", seed=1)
    for seed in range(1, 4):
        drawn = draw(setup, 500, seed, fresh=10)
        whole = estimate(drawn.trial, spec.model_copy(update={"overlap": 0.0}))
        trimmed = estimate(drawn.trial, spec)
        assert trimmed.kept is not None
        assert 0.6 < trimmed.kept.mean() < 0.99
        largest.append(float(trimmed.scores.abs().to_numpy().max() / whole.scores.abs().to_numpy().max()))
        found = trimmed.ate.iloc[0]
        errors.append(float((found["estimate"] - drawn.true_effect[trimmed.kept].mean()) / found["se"]))
        widths.append(float(found["se"] / whole.ate["se"].iloc[0]))
    assert np.mean(largest) < 0.8
    assert np.mean(widths) < 0.95
    assert np.abs(errors).max() < 3.3  # the 99.9 % limit of a normal deviate; three of them


@pytest.mark.known_truth
def test_the_default_learner_is_closer_than_one_common_effect_where_treatment_was_confounded() -> None:
    """Nie and Wager's setup A, four studies of 500: root mean square error of what is shown of each patient."""
    errors = []
    for seed in range(1, 5):
        drawn = draw("A, confounded", 500, seed, fresh=10)
        effects = estimate(drawn.trial, EffectSpec(seed=1))
        truth = drawn.true_effect if effects.kept is None else drawn.true_effect[effects.kept]
        common = float(effects.ate["estimate"].iloc[0])
        shown = effects.benefit.iloc[:, 0].to_numpy(float)
        errors.append([np.sqrt(np.mean((found - truth) ** 2)) for found in (shown, common)])
    learner, constant = np.mean(errors, axis=0)
    assert learner < constant
