"""No patient's prediction comes from a model that saw the patient."""

from dataclasses import replace

import numpy as np
import pytest

from ite.compute import silent
from ite.estimation import cross_fit as module
from ite.estimation.cross_fit import CrossFitPlan, CrossFitted, LearnerData, cross_fit, n_chunks
from ite.estimation.learners.protocol import TrainingFold

N = 150


@pytest.fixture(autouse=True)
def plain_learner(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put least squares with one slope per arm in the learner's place: quick, and moved by every outcome."""
    monkeypatch.setattr(module, "fit_logged", lambda *asked: (least_squares(*asked), None))


def least_squares(_name: str, fold: TrainingFold, features: np.ndarray) -> np.ndarray:
    def predict(members: np.ndarray) -> np.ndarray:
        design = np.column_stack([np.ones(members.sum()), fold.features[members]])
        coefficients = np.linalg.lstsq(design, fold.outcome[members], rcond=None)[0]
        return np.column_stack([np.ones(len(features)), features]) @ coefficients

    return predict(fold.treated) - predict(~fold.treated)


def data(*, cluster: np.ndarray | None = None, arms: int = 3) -> LearnerData:
    rng = np.random.default_rng(3)
    features = rng.standard_normal((N, 2))
    arm = rng.permutation(N) % arms
    return LearnerData(
        features=features,
        outcome=features[:, 0] * arm + rng.standard_normal(N),
        arm=arm,
        probabilities=np.full((N, arms), 1 / arms),
        cluster=cluster,
    )


def fitted(given: LearnerData, *, repeats: int = 2) -> CrossFitted:
    plan = CrossFitPlan(learner="x_lasso", folds=5, repeats=repeats, seed=11, workers=1, progress=silent)
    return cross_fit(given, plan)


def with_other_outcomes(given: LearnerData, members: np.ndarray) -> LearnerData:
    outcome = given.outcome.copy()
    outcome[members] += 50.0
    return replace(given, outcome=outcome)


@pytest.mark.known_truth
@pytest.mark.parametrize("patient", [0, 77, 149])
def test_a_patients_own_outcome_never_reaches_its_predictions(patient: int) -> None:
    before, after = fitted(data()), fitted(with_other_outcomes(data(), np.array([patient])))
    np.testing.assert_array_equal(before.ranking[patient], after.ranking[patient])
    np.testing.assert_array_equal(before.sequential[patient], after.sequential[patient])
    assert (before.ranking != after.ranking).any(), "the outcome should matter to others"


@pytest.mark.known_truth
@pytest.mark.parametrize("fold", [1, 2, 4])
def test_a_sequential_prediction_depends_on_earlier_folds_alone(fold: int) -> None:
    before = fitted(data())
    after = fitted(with_other_outcomes(data(), before.fold >= fold))
    members = before.fold <= fold
    np.testing.assert_array_equal(before.sequential[members], after.sequential[members])
    later = before.fold > fold
    assert fold == 4 or (before.sequential[later] != after.sequential[later]).any()


@pytest.mark.known_truth
def test_a_clusters_outcomes_never_reach_its_own_predictions() -> None:
    given = data(cluster=np.arange(N) // 6)
    own = given.cluster == 7
    before, after = fitted(given), fitted(with_other_outcomes(given, own))
    np.testing.assert_array_equal(before.ranking[own], after.ranking[own])
    np.testing.assert_array_equal(before.sequential[own], after.sequential[own])


@pytest.mark.independent
def test_predictions_are_centred_by_the_mean_over_their_training_folds() -> None:
    given = data(arms=2)
    result = fitted(given, repeats=1)
    for held_out in range(5):
        training = result.fold != held_out
        fold = TrainingFold(
            features=given.features[training],
            outcome=given.outcome[training],
            treated=given.arm[training] == 1,
            propensity=np.full(training.sum(), 0.5),
            seed=0,
        )
        expected = least_squares("", fold, given.features[~training])
        expected -= least_squares("", fold, given.features[training]).mean()
        np.testing.assert_allclose(result.ranking[~training, 0], expected, atol=1e-12)
        if held_out:
            earlier, members = result.fold < held_out, result.fold == held_out
            fold = replace(
                fold, features=given.features[earlier], outcome=given.outcome[earlier], treated=given.arm[earlier] == 1
            )
            expected = least_squares("", fold, given.features[members])
            expected -= least_squares("", fold, given.features[earlier]).mean()
            np.testing.assert_allclose(result.sequential[members, 0], expected, atol=1e-12)
    assert np.isnan(result.sequential[result.fold == 0]).all()


@pytest.mark.known_truth
def test_a_missing_outcome_leaves_the_fit_but_not_the_predictions() -> None:
    given = data()
    outcome = given.outcome.copy()
    outcome[:20] = np.nan
    result = fitted(replace(given, outcome=outcome))
    assert np.isfinite(result.ranking).all()
    moved = with_other_outcomes(replace(given, outcome=outcome), np.arange(20))
    np.testing.assert_array_equal(result.ranking, fitted(moved).ranking)


@pytest.mark.known_truth
def test_only_control_and_the_arm_itself_shape_an_arms_predictions() -> None:
    given = data()
    other = fitted(with_other_outcomes(given, given.arm == 2))
    np.testing.assert_array_equal(fitted(given).ranking[:, 0], other.ranking[:, 0])
    assert (fitted(given).ranking[:, 1] != other.ranking[:, 1]).any()


@pytest.mark.known_truth
def test_a_sequential_fold_with_too_few_in_training_stays_unknown() -> None:
    given = data(arms=2)
    arm = np.zeros(N, dtype=np.int64)
    arm[np.random.default_rng(1).permutation(N)[:25]] = 1  # 5 treated a fold: two folds before the first fit
    result = fitted(replace(given, arm=arm))
    known = [bool(np.isfinite(result.sequential[result.fold == fold]).all()) for fold in range(5)]
    assert known == [False, False, True, True, True]
    assert np.isfinite(result.ranking).all()


@pytest.mark.known_truth
def test_the_number_of_fits_is_known_beforehand() -> None:
    given = data()
    plan = CrossFitPlan(learner="x_lasso", folds=5, repeats=2, seed=0, workers=1, progress=silent)
    seen: list[int] = []
    cross_fit(given, replace(plan, progress=lambda _done, total, _doing: seen.append(total)))
    assert set(seen) == {n_chunks(5, 2, 2)} == {2 * (10 + 4)}
