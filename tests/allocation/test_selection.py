"""Probability of being offered treatment: closed forms for two groups, and errors from the scores."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from ite.allocation.selection import selection_of_groups, selection_of_patients, selection_probabilities
from ite.allocation.spec import AllocationSpec
from ite.errors import AllocationError
from tests.allocation.drawn import drawn, typed_groups
from tests.allocation.fitted_trial import true_effects, two_arms, two_treated_arms

SPEC = AllocationSpec(arms=("treated",), budget=0.4, equity="sex")
DRAWS = 4000


@pytest.mark.known_truth
@pytest.mark.parametrize("gap", [0.0, 0.05, 0.2])
def test_the_better_of_two_groups_is_served_with_the_probability_of_its_sign(gap: float) -> None:
    candidates = typed_groups([1.0 + gap, 1.0], [100, 300])
    found = selection_of_groups(candidates, np.array([[0.06], [0.08]]), 100.0, seed=1, draws=DRAWS).groups
    first = norm.cdf(gap / 0.1)
    error = 4 * np.sqrt(max(first * (1 - first), 0.01) / DRAWS)
    assert found["mean_share"][0] == pytest.approx(first, abs=error)
    assert found["mean_share"][1] == pytest.approx((1 - first) / 3, abs=error)
    assert found["above_lot"][0] == pytest.approx(first, abs=error)
    assert found["nothing"][0] == pytest.approx(1 - first, abs=error)
    assert found["above_lot_mcse"][0] == pytest.approx(np.sqrt(first * (1 - first) / DRAWS), abs=2e-3)


@pytest.mark.known_truth
def test_errors_that_move_together_change_nothing() -> None:
    candidates = typed_groups([1.05, 1.0], [100, 300])
    found = selection_probabilities(candidates, np.full((2, 2), 0.04**2), 100.0, seed=1)
    np.testing.assert_allclose(found.groups["mean_share"], [1, 0], atol=1e-12)
    assert found.lot_share == 0.25


@pytest.mark.known_truth
def test_without_error_the_allocation_is_the_best_one() -> None:
    candidates = drawn(300, seed=2)
    found = selection_of_groups(candidates, np.zeros((3, 3)), 50.0, seed=1, draws=3)
    np.testing.assert_allclose(found.groups["lower"], found.groups["upper"])
    spent_most = (found.groups["mean_share"] @ candidates.members) / candidates.members.sum()
    assert 0 < spent_most < 50.0 / candidates.members.sum()  # some offers cost more than 1


@pytest.mark.known_truth
def test_draws_are_those_of_the_seed() -> None:
    candidates = drawn(100, seed=2)
    one, same, other = (
        selection_of_groups(candidates, np.full((3, 3), 0.1), 20.0, seed=seed, draws=50).shares for seed in (4, 4, 5)
    )
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


@pytest.mark.independent
def test_errors_of_patients_are_those_of_their_groups_mean_scores() -> None:
    trial, effects = two_arms(600)
    found = selection_of_patients(trial, effects, SPEC, seed=1, draws=DRAWS)
    sex, scores = trial.frame["sex"].to_numpy(), effects.scores["treated"].to_numpy()
    se = np.array([[scores[sex == name].std(ddof=1) / np.sqrt((sex == name).sum())] for name in ("female", "male")])
    predicted = effects.ranking["treated"].to_numpy().copy()
    for name in ("female", "male"):
        predicted[sex == name] += scores[sex == name].mean() - predicted[sex == name].mean()
    rng, shares = np.random.default_rng(9), []
    for error in rng.standard_normal((DRAWS, 2)) * se[:, 0]:
        moved = predicted + np.where(sex == "female", error[0], error[1])
        chosen = (moved >= np.sort(moved)[-240]) & (moved > 0)
        shares.append([chosen[sex == name].mean() for name in ("female", "male")])
    wide = np.std(shares, axis=0) * np.sqrt(2 / DRAWS)
    assert (np.abs(found.groups["mean_share"] - np.mean(shares, axis=0)) < 4 * wide).all()
    np.testing.assert_allclose(found.groups["lower"], np.quantile(shares, 0.025, axis=0), atol=0.03)
    np.testing.assert_allclose(found.groups["upper"], np.quantile(shares, 0.975, axis=0), atol=0.03)
    above = (np.array(shares) > 0.4).mean(axis=0)
    np.testing.assert_allclose(found.groups["above_lot"], above, atol=4 * np.sqrt(0.5 / DRAWS))


@pytest.mark.known_truth
def test_the_middle_of_the_draws_holds_the_share_under_the_true_averages() -> None:
    trials, held = 120, 0
    for seed in range(trials):
        trial, effects = two_arms(300, seed=seed)
        # Predictions that know nothing of the groups: what tells these apart are the scores alone.
        sex = (trial.frame["sex"] == "male").to_numpy().astype(int)
        ranking = effects.ranking["treated"].to_numpy()
        flat = ranking - np.array([ranking[sex == position].mean() for position in (0, 1)])[sex]
        effects = replace(effects, ranking=effects.ranking.assign(treated=flat))
        found = selection_of_patients(trial, effects, SPEC, seed=1, draws=200).groups
        true = true_effects(trial)[:, 0]
        moved = flat + np.array([true[sex == position].mean() for position in (0, 1)])[sex]
        share = (moved >= np.sort(moved)[-120])[sex == 0].mean()
        held += bool(found["lower"][0] - 1 / 150 <= share <= found["upper"][0] + 1 / 150)
    assert abs(held / trials - 0.95) < 4 * np.sqrt(0.95 * 0.05 / trials)


@pytest.mark.known_truth
def test_clusters_that_move_together_make_the_selection_less_sure() -> None:
    trial, effects = two_arms(600)
    sex = trial.codes("sex")
    shift = np.random.default_rng(1).normal(0, 2, (12, 2))
    cluster = trial.codes("clinic")
    scores = effects.scores + shift[cluster, sex][:, None]
    moved = replace(effects, scores=scores)
    alone, together = (
        selection_of_patients(trial, replace(moved, cluster=each), SPEC, seed=1, draws=200).shares[:, 0].std()
        for each in (None, cluster)
    )
    assert together > 1.3 * alone


@pytest.mark.known_truth
def test_two_arms_in_money() -> None:
    trial, effects = two_treated_arms(300)
    spec = AllocationSpec(arms=("low", "high"), budget=150, budget_unit="money", costs=(1.0, 3.0), equity="sex")
    found = selection_of_patients(trial, effects, spec, seed=1, draws=50)
    assert found.shares.shape == (50, 2)
    assert ((found.shares >= 0) & (found.shares <= 1)).all()
    # 150 for 300 patients: half of them get the cheaper arm, or a sixth the one of twice the effect.
    assert found.lot_share == 0.5


@pytest.mark.known_truth
def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(AllocationError, match="standard error should be 0 or more"):
        selection_of_groups(typed_groups([1.0], [10]), np.array([[-0.1]]), 5.0, seed=1)
    trial, effects = two_arms(100)
    lonely = trial.from_frame(trial.frame.assign(sex=["other", *trial.frame["sex"][1:]]), trial.roles)
    with pytest.raises(AllocationError, match="'other' has 1"):
        selection_of_patients(lonely, effects, SPEC, seed=1)
    cluster = (trial.frame["sex"] == "male").to_numpy().astype(int)
    with pytest.raises(AllocationError, match="'female' has those of a single cluster"):
        selection_of_patients(trial, replace(effects, cluster=cluster), SPEC, seed=1)
