"""What rules deliver: unbiased, with intervals that hold, and less than they promise."""

from dataclasses import replace

import numpy as np
import pytest

from ite.allocation.allocation import Allocation
from ite.allocation.candidates import Candidates
from ite.allocation.delivered import delivered
from ite.allocation.fitted import HeldOut, held_out_folds
from ite.allocation.frontier import frontier
from ite.allocation.spec import AllocationSpec
from ite.trial.data import FloatArray
from tests.allocation.fitted_trial import true_effects, two_arms, two_treated_arms

SPEC = AllocationSpec(arms=("treated",), budget=0.4, equity="sex")
MONEY = AllocationSpec(arms=("low", "high"), budget=400, budget_unit="money", costs=(1.0, 3.0), equity="sex")
_TRIALS = 120


def _rules(spec: AllocationSpec):  # noqa: ANN202 - a closure of the tests
    def rules(fold: HeldOut) -> tuple[Allocation, ...]:
        return frontier(fold.candidates, fold.budget, spec.guarantee, points=3).allocations

    return rules


def _with_scores(folds: tuple[HeldOut, ...], scores: FloatArray) -> tuple[HeldOut, ...]:
    return tuple(replace(fold, scores=scores[fold.inside]) for fold in folds)


@pytest.mark.known_truth
@pytest.mark.parametrize("spec", [SPEC, MONEY], ids=["one arm", "two arms in money"])
def test_delivered_is_unbiased_and_its_intervals_hold(spec: AllocationSpec) -> None:
    draw = two_arms if spec is SPEC else two_treated_arms
    errors, deviates, group_deviates = [], [], []
    for seed in range(_TRIALS):
        trial, effects = draw(400, seed=seed)
        folds = held_out_folds(trial, effects, spec)
        found = delivered(folds, _rules(spec), None)
        true = delivered(_with_scores(folds, true_effects(trial)), _rules(spec), None)
        errors.append(found.estimate - true.estimate)
        deviates.append(errors[-1] / found.se)
        group_deviates.append((found.by_group - true.by_group) / found.group_se)
    spread = np.std(errors, axis=0) / np.sqrt(_TRIALS)
    assert (np.abs(np.mean(errors, axis=0)) < 3.5 * spread).all()
    # 95 % of the trials within 4 binomial standard errors, for three points and two groups of each.
    for own in (np.array(deviates), np.array(group_deviates).reshape(_TRIALS, -1)):
        share = (np.abs(own) < 1.96).mean(axis=0)
        assert (np.abs(share - 0.95) < 4 * np.sqrt(0.95 * 0.05 / _TRIALS)).all(), share


@pytest.mark.known_truth
def test_noise_is_promised_but_not_delivered() -> None:
    promised, found = [], []
    for seed in range(60):
        trial, effects = two_arms(400, slope=0.0, seed=seed)
        noise = np.random.default_rng(seed).normal(0, 0.5, trial.n)
        effects = replace(effects, sequential=effects.sequential.where(effects.sequential.isna(), noise[:, None]))
        value = delivered(held_out_folds(trial, effects, SPEC), _rules(SPEC), None)
        promised.append(value.promised[0])
        found.append(value.estimate[0])
    # Everybody gains 0.2, so that 40 % offers bring 0.08 whoever gets them.
    assert np.mean(found) == pytest.approx(0.08, abs=4 * np.std(found) / np.sqrt(60))
    assert np.mean(promised) > 0.2


@pytest.mark.independent
def test_everybody_treated_is_the_mean_score_with_its_standard_error() -> None:
    trial, effects = two_arms()
    folds = held_out_folds(trial, effects, SPEC)

    def everybody(fold: HeldOut) -> tuple[Allocation, ...]:
        offers = np.ones(fold.scores.shape)
        return (Allocation(candidates=fold.candidates, budget=1.0, offers=offers, price=0.0, floor_price=np.zeros(2)),)

    found = delivered(folds, everybody, None)
    means = [fold.scores.mean() for fold in folds]
    errors = [fold.scores.std() / np.sqrt(len(fold.scores)) for fold in folds]
    weights = np.array([fold.weight for fold in folds])
    assert found.estimate[0] == pytest.approx(float(weights @ means))
    assert found.se[0] == pytest.approx(float(np.sqrt(weights**2 @ np.square(errors))), rel=0.01)


@pytest.mark.known_truth
def test_clusters_that_move_together_widen_the_error() -> None:
    trial, effects = two_arms()
    shift = np.random.default_rng(1).normal(0, 2, 12)
    cluster = trial.codes("clinic")
    scores = effects.scores + shift[cluster][:, None]
    folds = held_out_folds(trial, replace(effects, scores=scores), SPEC)
    alone, together = (delivered(folds, _rules(SPEC), each).se[0] for each in (None, cluster))
    assert together > 2 * alone


@pytest.mark.known_truth
@pytest.mark.parametrize("offered", [1, 2, 3, 8])
def test_the_error_of_a_small_group_is_right_on_average(offered: int) -> None:
    people, draws = 40, 2000
    group = np.where(np.arange(people) < offered, 1, 0)
    benefit = np.where(group == 1, 2.0, np.linspace(1.0, 0.5, people))[:, None]
    candidates = Candidates(
        benefit=benefit,
        cost=np.ones((people, 1)),
        size=np.ones(people),
        group=group,
        groups=("large", "small"),
        options=("treated",),
    )
    rng, inside = np.random.default_rng(offered), np.ones(people, dtype=bool)
    fold = HeldOut(candidates=candidates, inside=inside, scores=benefit, budget=people / 2, weight=1.0)
    served = _rules(SPEC)(fold)
    drawn = [replace(fold, scores=rng.normal(0.3, 1, (people, 1))) for _ in range(draws)]
    variances = [delivered((each,), lambda _: served, None).group_se[0, 1] ** 2 for each in drawn]
    # Everybody in the small group is offered treatment: the error of a mean of so many scores of variance 1.
    spread = np.std(variances) / np.sqrt(draws)
    # The rate of the whole fold, which stands in for that of a single patient, takes 1 of 20 degrees of freedom.
    assert np.mean(variances) == pytest.approx(1 / offered, abs=4 * spread + (0.1 if offered == 1 else 0.03 / offered))


@pytest.mark.known_truth
def test_a_group_of_one_cluster_tells_no_error() -> None:
    trial, effects = two_arms()
    cluster = trial.codes("clinic")
    regions = trial.frame.assign(sex=np.where(cluster == 0, "one clinic", "others"))
    folds = held_out_folds(trial.from_frame(regions, trial.roles), effects, SPEC)
    found = delivered(folds, _rules(SPEC), cluster)
    assert np.isnan(found.by_group[:, 0]).all()
    assert (found.group_se[:, 1] > 0).all()
    np.testing.assert_array_equal(found.by_group[:, 1], delivered(folds, _rules(SPEC), None).by_group[:, 1])
