"""The budget path is the linear programme at every budget, and behaves as an optimum must."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ite.allocation.budget_path import budget_path, offers_of
from ite.allocation.candidates import Candidates
from ite.allocation.linear_programme import LinearRule, solve_linear
from tests.allocation.drawn import drawn, small_candidates, typed_groups

BUDGETS = st.floats(0, 40)


@pytest.mark.independent
@settings(max_examples=60, deadline=None)
@given(candidates=small_candidates(), budget=BUDGETS)
def test_path_is_the_linear_programme(candidates: Candidates, budget: float) -> None:
    if not (candidates.benefit > 0).any():
        assert budget_path(candidates).gain_at(budget) == 0
        return
    assert budget_path(candidates).gain_at(budget) == pytest.approx(
        solve_linear(candidates, budget, LinearRule()).gain, abs=1e-9
    )


@pytest.mark.known_truth
@settings(max_examples=60, deadline=None)
@given(candidates=small_candidates(), budget=BUDGETS)
def test_offers_give_the_gain_and_keep_the_budget(candidates: Candidates, budget: float) -> None:
    path = budget_path(candidates)
    offers = offers_of(candidates, path.steps, path.taken_at(budget))
    assert offers.min() >= -1e-12
    assert offers.sum(axis=1).max() <= 1 + 1e-12
    assert (offers * candidates.cost).sum(axis=1) @ candidates.size == pytest.approx(min(budget, path.spent[-1]))
    assert (offers * candidates.benefit).sum(axis=1) @ candidates.size == pytest.approx(float(path.gain_at(budget)))


@pytest.mark.known_truth
@settings(max_examples=60, deadline=None)
@given(candidates=small_candidates(), budget=BUDGETS, seed=st.integers(0, 99))
def test_order_of_rows_changes_nothing(candidates: Candidates, budget: float, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(candidates.size))
    turned = replace(
        candidates,
        benefit=candidates.benefit[order],
        cost=candidates.cost[order],
        size=candidates.size[order],
        group=candidates.group[order],
    )
    one, other = (
        offers_of(each, path.steps, path.taken_at(budget))
        for each in (candidates, turned)
        for path in [budget_path(each)]
    )
    np.testing.assert_allclose(one[order], other, atol=1e-9)


@pytest.mark.known_truth
def test_path_is_concave_and_rises() -> None:
    path = budget_path(drawn(500))
    assert (np.diff(path.gain) > 0).all()
    assert (np.diff(path.steps.rate) <= 0).all()


@pytest.mark.known_truth
def test_gain_scales_with_benefit_and_budget_with_cost() -> None:
    candidates = drawn(200)
    dearer = replace(candidates, cost=3 * candidates.cost)
    better = candidates.with_benefit(2 * candidates.benefit)
    gain = budget_path(candidates).gain_at(50.0)
    assert budget_path(dearer).gain_at(150.0) == pytest.approx(float(gain))
    assert budget_path(better).gain_at(50.0) == pytest.approx(2 * float(gain))


@pytest.mark.known_truth
def test_price_is_the_gain_of_one_more_unit() -> None:
    path = budget_path(drawn(300, seed=4))
    for budget in (5.03, 50.03, 120.03):
        assert path.price_at(budget) == pytest.approx(float(path.gain_at(budget + 1e-6) - path.gain_at(budget)) / 1e-6)
    assert path.price_at(path.spent[-1]) == 0


@pytest.mark.known_truth
def test_equals_share_what_is_left() -> None:
    path = budget_path(typed_groups([0.2, 0.2, 0.5], [10, 30, 5]))
    offers = offers_of(typed_groups([0.2, 0.2, 0.5], [10, 30, 5]), path.steps, path.taken_at(25.0))
    np.testing.assert_allclose(offers[:, 0], [0.5, 0.5, 1.0])


@pytest.mark.known_truth
def test_nothing_is_bought_for_nothing_or_for_harm() -> None:
    path = budget_path(typed_groups([0.2, -0.2], [10, 10]))
    assert path.gain_at(0.0) == 0
    assert path.gain_at(1e9) == pytest.approx(2.0)
    assert budget_path(typed_groups([-0.2, 0.0], [10, 10])).gain_at(5.0) == 0


@pytest.mark.known_truth
def test_nobody_below_the_least_benefit_is_served() -> None:
    candidates = replace(typed_groups([0.2, 0.1, 0.5], [10, 10, 10]), least_benefit=0.15)
    path = budget_path(candidates)
    assert path.gain_at(1e9) == pytest.approx(7.0)
    assert solve_linear(candidates, 1e9, LinearRule()).gain == pytest.approx(7.0)
