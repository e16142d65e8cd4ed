"""The curve over the budget: what must hold at its ends, and against the scores by hand."""

import numpy as np
import pytest

from ite.allocation.allocate import allocate_as
from ite.allocation.budget_curve import SHARES, along_path, budget_curve
from ite.allocation.fitted import held_out_folds
from ite.allocation.lot import by_lot
from ite.allocation.spec import AllocationSpec
from tests.allocation.drawn import drawn
from tests.allocation.fitted_trial import two_arms, two_treated_arms


@pytest.mark.independent
def test_delivered_is_the_mean_score_of_those_served() -> None:
    trial, effects = two_arms()
    spec = AllocationSpec(arms=("treated",), budget=0.5)
    curve = budget_curve(trial, effects, spec).frame
    by_hand, weights = [], []
    for fold in held_out_folds(trial, effects, spec):
        benefit, scores = fold.candidates.benefit[:, 0], fold.scores[:, 0]
        served = min(0.3 * len(scores), float((benefit > 0).sum()))
        order = np.argsort(-benefit)
        whole = int(served)
        total = scores[order[:whole]].sum() + (served - whole) * scores[order[min(whole, len(order) - 1)]]
        by_hand.append(total / len(scores))
        weights.append(fold.weight)
    assert curve["delivered"][SHARES.index(0.3)] == pytest.approx(float(np.dot(weights, by_hand)))


@pytest.mark.known_truth
def test_everybody_by_lot_is_the_average_effect_of_the_held_out() -> None:
    trial, effects = two_arms()
    spec = AllocationSpec(arms=("treated",), budget=0.5)
    curve = budget_curve(trial, effects, spec).frame
    mean = sum(fold.weight * fold.scores.mean() for fold in held_out_folds(trial, effects, spec))
    assert curve["lot"].iloc[-1] == pytest.approx(mean)
    np.testing.assert_allclose(curve["lot"], mean * curve["budget"])


@pytest.mark.known_truth
def test_two_arms_share_a_budget_in_money() -> None:
    trial, effects = two_treated_arms()
    spec = AllocationSpec(arms=("low", "high"), budget=1000, budget_unit="money", costs=(1.0, 3.0))
    curve = budget_curve(trial, effects, spec).frame
    assert curve["budget"].iloc[-1] == pytest.approx(3.0)
    assert (curve["upper"] > curve["lower"]).all()
    assert (np.diff(curve["promised"]) >= -1e-12).all()


@pytest.mark.known_truth
def test_path_and_lot_keep_the_budget() -> None:
    candidates, budgets = drawn(80, one_price=False), np.array([0.2, 0.9])
    people = candidates.size.sum()
    lots = tuple(by_lot(candidates, budget * people) for budget in budgets.tolist())
    for allocation, budget in zip((*along_path(candidates, budgets), *lots), [0.2, 0.9] * 2, strict=True):
        assert allocation.spent <= budget * people + 1e-9


@pytest.mark.independent
def test_the_curve_and_the_baselines_mean_the_same_by_a_lot() -> None:
    trial, effects = two_treated_arms()
    # The second arm brings twice as much for three times the money: with little of it, the first is the better lot.
    costs, budget = (1.0, 3.0), 0.6
    spec = AllocationSpec(arms=("low", "high"), budget=budget * trial.n, budget_unit="money", costs=costs)
    curve = budget_curve(trial, effects, spec).frame
    found = allocate_as(trial, effects, spec).baselines.set_index("rule")["delivered"]
    at = SHARES.index(round(budget / max(costs), 2))
    assert curve["lot"][at] == pytest.approx(found["by lot"])
